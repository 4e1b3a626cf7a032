/** Micrometer: what is measured. */
@NullMarked
package dev.dunlin.message.metrics;

import org.jspecify.annotations.NullMarked;
