/** Which channels notify, and whom. */
@NullMarked
package dev.dunlin.push.channel;

import org.jspecify.annotations.NullMarked;
