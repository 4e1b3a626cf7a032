/** Which members of a channel are online. */
@NullMarked
package dev.dunlin.presence.channel;

import org.jspecify.annotations.NullMarked;
