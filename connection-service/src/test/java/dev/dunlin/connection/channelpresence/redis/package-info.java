@NullMarked
package dev.dunlin.connection.channelpresence.redis;

import org.jspecify.annotations.NullMarked;
