@NullMarked
package dev.dunlin.connection.handshake;

import org.jspecify.annotations.NullMarked;
