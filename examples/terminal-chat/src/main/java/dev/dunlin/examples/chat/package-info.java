/** The terminal chat. */
@NullMarked
package dev.dunlin.examples.chat;

import org.jspecify.annotations.NullMarked;
