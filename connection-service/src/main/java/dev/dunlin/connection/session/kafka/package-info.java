/** Session events on Kafka. */
@NullMarked
package dev.dunlin.connection.session.kafka;

import org.jspecify.annotations.NullMarked;
