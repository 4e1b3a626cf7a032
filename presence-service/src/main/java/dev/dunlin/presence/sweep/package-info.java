/** What happens by itself: graces run out, nodes die. */
@NullMarked
package dev.dunlin.presence.sweep;

import org.jspecify.annotations.NullMarked;
