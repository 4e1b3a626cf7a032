/** The topic of dead letters. */
@NullMarked
package dev.dunlin.push.schedule.kafka;

import org.jspecify.annotations.NullMarked;
