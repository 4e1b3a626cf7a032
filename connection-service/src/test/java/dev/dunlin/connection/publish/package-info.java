@NullMarked
package dev.dunlin.connection.publish;

import org.jspecify.annotations.NullMarked;
