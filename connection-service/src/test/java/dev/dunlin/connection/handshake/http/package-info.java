@NullMarked
package dev.dunlin.connection.handshake.http;

import org.jspecify.annotations.NullMarked;
