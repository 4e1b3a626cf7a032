@NullMarked
package dev.dunlin.connection.heartbeat;

import org.jspecify.annotations.NullMarked;
