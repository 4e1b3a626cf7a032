@NullMarked
package dev.dunlin.connection;

import org.jspecify.annotations.NullMarked;
