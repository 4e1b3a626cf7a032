@NullMarked
package dev.dunlin.examples.ticker;

import org.jspecify.annotations.NullMarked;
