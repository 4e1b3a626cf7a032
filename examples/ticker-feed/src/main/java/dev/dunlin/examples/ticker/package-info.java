/** Made-up prices for the ticker page, published as a back end publishes. */
@NullMarked
package dev.dunlin.examples.ticker;

import org.jspecify.annotations.NullMarked;
