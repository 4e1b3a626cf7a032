/** PostgreSQL: the store of the log and its readers. */
@NullMarked
package dev.dunlin.message.postgres;

import org.jspecify.annotations.NullMarked;
