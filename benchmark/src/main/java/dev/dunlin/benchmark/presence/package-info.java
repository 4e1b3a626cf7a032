/** What presence costs: Redis commands, bytes, CPU and memory for each user. */
@NullMarked
package dev.dunlin.benchmark.presence;

import org.jspecify.annotations.NullMarked;
