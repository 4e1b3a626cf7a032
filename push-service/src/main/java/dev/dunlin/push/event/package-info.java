/** Events of channels, and what they change for devices. */
@NullMarked
package dev.dunlin.push.event;

import org.jspecify.annotations.NullMarked;
