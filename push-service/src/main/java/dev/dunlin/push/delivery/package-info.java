/** Delivers one notification to one device. */
@NullMarked
package dev.dunlin.push.delivery;

import org.jspecify.annotations.NullMarked;
