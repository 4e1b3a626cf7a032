@NullMarked
package dev.dunlin.connection.catchup;

import org.jspecify.annotations.NullMarked;
