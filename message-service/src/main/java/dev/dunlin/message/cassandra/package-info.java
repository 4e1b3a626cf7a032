/**
 * Cassandra: the store of the log and its readers, for those who outgrow one database. {@code
 * docs/decisions/0010} says why it is right and where it is weaker.
 */
@NullMarked
package dev.dunlin.message.cassandra;

import org.jspecify.annotations.NullMarked;
