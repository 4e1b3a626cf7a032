/** When the sweeps run. */
@NullMarked
package dev.dunlin.presence.schedule;

import org.jspecify.annotations.NullMarked;
