/** Transactions on the database of this service. */
@NullMarked
package dev.dunlin.push.postgres;

import org.jspecify.annotations.NullMarked;
