/** The tokens of which users were ended before they expire: a topic of Kafka, kept in memory by every process. */
@NullMarked
package dev.dunlin.edge.revocation;

import org.jspecify.annotations.NullMarked;
