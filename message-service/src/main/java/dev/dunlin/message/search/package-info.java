/** Search in a channel's messages. */
@NullMarked
package dev.dunlin.message.search;

import org.jspecify.annotations.NullMarked;
