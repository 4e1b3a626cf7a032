/** Consumers of session and user events on Kafka. */
@NullMarked
package dev.dunlin.presence.kafka;

import org.jspecify.annotations.NullMarked;
