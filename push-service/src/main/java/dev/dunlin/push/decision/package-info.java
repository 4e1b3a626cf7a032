/** Whether an event of a channel becomes notifications. */
@NullMarked
package dev.dunlin.push.decision;

import org.jspecify.annotations.NullMarked;
