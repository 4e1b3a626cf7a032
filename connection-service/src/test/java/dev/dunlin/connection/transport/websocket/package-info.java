@NullMarked
package dev.dunlin.connection.transport.websocket;

import org.jspecify.annotations.NullMarked;
