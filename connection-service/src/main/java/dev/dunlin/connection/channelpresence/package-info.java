/** Who is in a channel: presence of channels. */
@NullMarked
package dev.dunlin.connection.channelpresence;

import org.jspecify.annotations.NullMarked;
