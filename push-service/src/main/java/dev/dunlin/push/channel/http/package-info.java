/** Channels, read from message-service over HTTP. */
@NullMarked
package dev.dunlin.push.channel.http;

import org.jspecify.annotations.NullMarked;
