/** {@code ./dev bench handshake}: what it costs until a client is subscribed. */
@NullMarked
package dev.dunlin.benchmark.handshake;

import org.jspecify.annotations.NullMarked;
