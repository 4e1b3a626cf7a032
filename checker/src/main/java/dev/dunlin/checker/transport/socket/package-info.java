/** Clients on bare WebSockets, which resume by themselves. */
@NullMarked
package dev.dunlin.checker.transport.socket;

import org.jspecify.annotations.NullMarked;
