/** Which channels notify, and which users. */
@NullMarked
package dev.dunlin.push.channel;

import org.jspecify.annotations.NullMarked;
