/** Channels as their readers see them, and who may see them. */
@NullMarked
package dev.dunlin.message.channel;

import org.jspecify.annotations.NullMarked;
