@NullMarked
package dev.dunlin.connection.channelpresence;

import org.jspecify.annotations.NullMarked;
