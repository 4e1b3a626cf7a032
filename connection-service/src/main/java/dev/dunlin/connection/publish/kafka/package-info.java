/** Commands on Kafka. */
@NullMarked
package dev.dunlin.connection.publish.kafka;

import org.jspecify.annotations.NullMarked;
