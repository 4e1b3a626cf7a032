/** Channels that were deleted for good. */
@NullMarked
package dev.dunlin.message.purge;

import org.jspecify.annotations.NullMarked;
