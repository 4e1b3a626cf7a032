/** What happens without an event: graces end, nodes die. */
@NullMarked
package dev.dunlin.presence.sweep;

import org.jspecify.annotations.NullMarked;
