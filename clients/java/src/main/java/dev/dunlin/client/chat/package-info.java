/** The terminal chat. */
@NullMarked
package dev.dunlin.client.chat;

import org.jspecify.annotations.NullMarked;
