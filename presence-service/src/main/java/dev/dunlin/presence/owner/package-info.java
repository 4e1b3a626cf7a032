/** The shards that this process owns: one thread applies their records and runs the timed work. */
@NullMarked
package dev.dunlin.presence.owner;

import org.jspecify.annotations.NullMarked;
