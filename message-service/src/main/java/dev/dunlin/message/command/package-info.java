/**
 * The path of a command: from the waiting request to Kafka, and from Kafka through the sequencer to
 * the store, the bus and the event stream.
 */
@NullMarked
package dev.dunlin.message.command;

import org.jspecify.annotations.NullMarked;
