/** Runs a check of the whole suite; {@code main} of {@code ./dev check}. */
@NullMarked
package dev.dunlin.checker;

import org.jspecify.annotations.NullMarked;
