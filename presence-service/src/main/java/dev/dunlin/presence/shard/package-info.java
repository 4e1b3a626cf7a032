/** What a shard knows of its users, and how records change it: pure values and rules. */
@NullMarked
package dev.dunlin.presence.shard;

import org.jspecify.annotations.NullMarked;
