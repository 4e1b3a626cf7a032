/** Why somebody was notified of a message, or was not. */
@NullMarked
package dev.dunlin.push.explain;

import org.jspecify.annotations.NullMarked;
