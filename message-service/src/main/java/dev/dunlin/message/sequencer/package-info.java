/**
 * Numbers a channel's log: a function of the commands in Kafka and of what was applied before.
 * Pure: no I/O, no clock, no threads.
 */
@NullMarked
package dev.dunlin.message.sequencer;

import org.jspecify.annotations.NullMarked;
