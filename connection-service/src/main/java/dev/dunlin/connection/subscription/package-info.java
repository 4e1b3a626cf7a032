/** Which sessions get which channel: the node's fan-out, its order and its repair. */
@NullMarked
package dev.dunlin.connection.subscription;

import org.jspecify.annotations.NullMarked;
