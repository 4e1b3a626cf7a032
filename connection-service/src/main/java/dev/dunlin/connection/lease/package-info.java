/** The sign that this node lives. */
@NullMarked
package dev.dunlin.connection.lease;

import org.jspecify.annotations.NullMarked;
