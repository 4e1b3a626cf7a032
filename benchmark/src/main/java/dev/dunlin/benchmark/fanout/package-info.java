/** {@code ./dev bench fanout}: what it costs to deliver one message to thousands of links. */
@NullMarked
package dev.dunlin.benchmark.fanout;

import org.jspecify.annotations.NullMarked;
