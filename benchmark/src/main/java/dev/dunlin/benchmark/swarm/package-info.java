/**
 * Thousands of client links in one thread, as thin as they can be, which come back when they are
 * lost.
 */
@NullMarked
package dev.dunlin.benchmark.swarm;

import org.jspecify.annotations.NullMarked;
