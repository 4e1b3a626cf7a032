/** Options and preparations that the benchmarks share. */
@NullMarked
package dev.dunlin.benchmark.options;

import org.jspecify.annotations.NullMarked;
