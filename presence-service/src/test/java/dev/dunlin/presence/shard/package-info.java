@NullMarked
package dev.dunlin.presence.shard;

import org.jspecify.annotations.NullMarked;
