/** The floor: raw Kafka. */
@NullMarked
package dev.dunlin.benchmark.kafka;

import org.jspecify.annotations.NullMarked;
