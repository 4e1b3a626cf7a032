/** The consumer of channel events on Kafka. */
@NullMarked
package dev.dunlin.push.decision.kafka;

import org.jspecify.annotations.NullMarked;
