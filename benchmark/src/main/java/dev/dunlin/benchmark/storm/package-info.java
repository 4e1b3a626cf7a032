/** {@code ./dev bench storm}: thousands of clients return while nodes restart. */
@NullMarked
package dev.dunlin.benchmark.storm;

import org.jspecify.annotations.NullMarked;
