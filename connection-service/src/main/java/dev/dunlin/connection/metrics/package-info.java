/** What is counted. */
@NullMarked
package dev.dunlin.connection.metrics;

import org.jspecify.annotations.NullMarked;
