/** Kafka, Redis and PostgreSQL from Maven artifacts, each as a process of its own. */
@NullMarked
package dev.dunlin.engines;

import org.jspecify.annotations.NullMarked;
