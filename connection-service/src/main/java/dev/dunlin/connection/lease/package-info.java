/** The lease that proves that this node is alive. */
@NullMarked
package dev.dunlin.connection.lease;

import org.jspecify.annotations.NullMarked;
