/**
 * The store of the log in Cassandra, with its readers, for those who outgrow one database.
 * {@code docs/decisions/0010} says why it is correct and where it is weaker.
 */
@NullMarked
package dev.dunlin.message.cassandra;

import org.jspecify.annotations.NullMarked;
