/** Thousands of clients that arrive, stay and count what they hear, with one thread. */
@NullMarked
package dev.dunlin.benchmark.arrival;

import org.jspecify.annotations.NullMarked;
