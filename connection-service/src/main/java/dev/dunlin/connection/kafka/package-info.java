/** The one Kafka producer of a node. */
@NullMarked
package dev.dunlin.connection.kafka;

import org.jspecify.annotations.NullMarked;
