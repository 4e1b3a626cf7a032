/** Who belongs to a channel, and to which channels a user belongs. */
@NullMarked
package dev.dunlin.message.membership;

import org.jspecify.annotations.NullMarked;
