/** Pending notifications, and the loop that delivers them. */
@NullMarked
package dev.dunlin.push.schedule;

import org.jspecify.annotations.NullMarked;
