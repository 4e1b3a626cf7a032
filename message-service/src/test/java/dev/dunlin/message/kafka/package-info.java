/** What needs no Kafka of the adapter to it. */
@NullMarked
package dev.dunlin.message.kafka;

import org.jspecify.annotations.NullMarked;
