/** By bare WebSockets, with resume done by hand. */
@NullMarked
package dev.dunlin.checker.transport.socket;

import org.jspecify.annotations.NullMarked;
