/** The consumer of channel events on Kafka. */
@NullMarked
package dev.dunlin.push.event.kafka;

import org.jspecify.annotations.NullMarked;
