@NullMarked
package dev.dunlin.connection.drain;

import org.jspecify.annotations.NullMarked;
