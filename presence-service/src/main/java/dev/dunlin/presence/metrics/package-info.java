/** Metrics of presence. */
@NullMarked
package dev.dunlin.presence.metrics;

import org.jspecify.annotations.NullMarked;
