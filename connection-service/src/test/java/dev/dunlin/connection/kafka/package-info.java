/** Tests of the producer, with a real Kafka. */
@NullMarked
package dev.dunlin.connection.kafka;

import org.jspecify.annotations.NullMarked;
