/** {@code ./dev bench push}: what it costs to decide on notifications and to deliver them. */
@NullMarked
package dev.dunlin.benchmark.push;

import org.jspecify.annotations.NullMarked;
