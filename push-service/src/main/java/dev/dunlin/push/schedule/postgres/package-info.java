/** Pending notifications in PostgreSQL. */
@NullMarked
package dev.dunlin.push.schedule.postgres;

import org.jspecify.annotations.NullMarked;
