/** Tokens that are revoked before they expire: a Kafka topic that every process keeps in memory. */
@NullMarked
package dev.dunlin.edge.revocation;

import org.jspecify.annotations.NullMarked;
