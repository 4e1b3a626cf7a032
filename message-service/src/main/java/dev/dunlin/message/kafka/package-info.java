/** Kafka: commands in and out, events out. */
@NullMarked
package dev.dunlin.message.kafka;

import org.jspecify.annotations.NullMarked;
