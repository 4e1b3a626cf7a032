/** The same from PostgreSQL. */
@NullMarked
package dev.dunlin.push.explain.postgres;

import org.jspecify.annotations.NullMarked;
