@NullMarked
package dev.dunlin.connection.link.websocket;

import org.jspecify.annotations.NullMarked;
