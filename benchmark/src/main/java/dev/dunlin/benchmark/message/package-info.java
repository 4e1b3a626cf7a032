/** {@code ./dev bench message}: what one durable message costs. */
@NullMarked
package dev.dunlin.benchmark.message;

import org.jspecify.annotations.NullMarked;
