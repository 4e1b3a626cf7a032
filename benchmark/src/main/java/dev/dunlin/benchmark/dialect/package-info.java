/** What clients of the measured servers say in text frames: Dunlin's, Socket.IO's and XMPP's. */
@NullMarked
package dev.dunlin.benchmark.dialect;

import org.jspecify.annotations.NullMarked;
