/** The bus over Redis pub/sub. */
@NullMarked
package dev.dunlin.connection.bus.redis;

import org.jspecify.annotations.NullMarked;
