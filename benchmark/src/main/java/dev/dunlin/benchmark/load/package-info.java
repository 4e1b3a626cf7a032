/** Messages, their times, and the pace at which they are sent. */
@NullMarked
package dev.dunlin.benchmark.load;

import org.jspecify.annotations.NullMarked;
