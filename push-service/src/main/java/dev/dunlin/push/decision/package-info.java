/** Decides which events of a channel become notifications. */
@NullMarked
package dev.dunlin.push.decision;

import org.jspecify.annotations.NullMarked;
