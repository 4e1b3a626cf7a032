/** The frames of the client protocol, {@code docs/protocol.md} sections 4 and 5. */
@NullMarked
package dev.dunlin.protocol.frame;

import org.jspecify.annotations.NullMarked;
