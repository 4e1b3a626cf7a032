/** What crosses Redis: the names of pub/sub channels and keys, and the bytes published. */
@NullMarked
package dev.dunlin.protocol.bus;

import org.jspecify.annotations.NullMarked;
