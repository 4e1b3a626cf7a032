/** Preferences in PostgreSQL. */
@NullMarked
package dev.dunlin.push.preference.postgres;

import org.jspecify.annotations.NullMarked;
