/** The commands of {@code ./dev}. */
@NullMarked
package dev.dunlin.localstack.cli;

import org.jspecify.annotations.NullMarked;
