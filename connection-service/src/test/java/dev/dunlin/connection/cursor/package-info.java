@NullMarked
package dev.dunlin.connection.cursor;

import org.jspecify.annotations.NullMarked;
