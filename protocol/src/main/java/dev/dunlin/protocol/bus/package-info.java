/** The contract over Redis: names of pub/sub channels and keys, and the encoding of messages. */
@NullMarked
package dev.dunlin.protocol.bus;

import org.jspecify.annotations.NullMarked;
