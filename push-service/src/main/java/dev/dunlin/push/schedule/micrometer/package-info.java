/** Outcomes of notifications, counted and logged. */
@NullMarked
package dev.dunlin.push.schedule.micrometer;

import org.jspecify.annotations.NullMarked;
