/** Who of a channel is online. */
@NullMarked
package dev.dunlin.presence.channel;

import org.jspecify.annotations.NullMarked;
