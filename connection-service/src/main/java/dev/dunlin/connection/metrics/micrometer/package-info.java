/** The metrics with Micrometer. */
@NullMarked
package dev.dunlin.connection.metrics.micrometer;

import org.jspecify.annotations.NullMarked;
