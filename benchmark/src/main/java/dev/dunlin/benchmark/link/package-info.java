/** {@code ./dev bench link}: what a link costs a connection node in memory. */
@NullMarked
package dev.dunlin.benchmark.link;

import org.jspecify.annotations.NullMarked;
