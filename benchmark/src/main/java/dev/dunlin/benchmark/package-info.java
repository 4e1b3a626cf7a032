/** Measures the packaged suite: {@code benchmark/run}. */
@NullMarked
package dev.dunlin.benchmark;

import org.jspecify.annotations.NullMarked;
