@NullMarked
package dev.dunlin.connection.bus;

import org.jspecify.annotations.NullMarked;
