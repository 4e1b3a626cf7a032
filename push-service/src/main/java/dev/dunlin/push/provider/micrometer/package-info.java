/** How busy and how healthy providers are, as metrics. */
@NullMarked
package dev.dunlin.push.provider.micrometer;

import org.jspecify.annotations.NullMarked;
