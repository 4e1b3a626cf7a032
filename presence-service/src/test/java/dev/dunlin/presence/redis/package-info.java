@NullMarked
package dev.dunlin.presence.redis;

import org.jspecify.annotations.NullMarked;
