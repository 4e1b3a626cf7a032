/** What the Kafka clients of all services have in common. */
@NullMarked
package dev.dunlin.edge.kafka;

import org.jspecify.annotations.NullMarked;
