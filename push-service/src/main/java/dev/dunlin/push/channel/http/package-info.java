/** Channels, asked of message-service. */
@NullMarked
package dev.dunlin.push.channel.http;

import org.jspecify.annotations.NullMarked;
