@NullMarked
package dev.dunlin.connection.presence;

import org.jspecify.annotations.NullMarked;
