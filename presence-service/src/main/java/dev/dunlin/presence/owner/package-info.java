/** The shards that this process owns: one thread applies their records and what time brings. */
@NullMarked
package dev.dunlin.presence.owner;

import org.jspecify.annotations.NullMarked;
