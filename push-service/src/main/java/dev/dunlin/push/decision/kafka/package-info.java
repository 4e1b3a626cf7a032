/** Events of channels, from Kafka. */
@NullMarked
package dev.dunlin.push.decision.kafka;

import org.jspecify.annotations.NullMarked;
