/** What the process counts. */
@NullMarked
package dev.dunlin.presence.metrics;

import org.jspecify.annotations.NullMarked;
