/** The metrics of connection-service. */
@NullMarked
package dev.dunlin.connection.metrics;

import org.jspecify.annotations.NullMarked;
