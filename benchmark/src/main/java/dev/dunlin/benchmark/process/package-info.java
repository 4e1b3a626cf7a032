/** What the operating system says of processes and of the machine. */
@NullMarked
package dev.dunlin.benchmark.process;

import org.jspecify.annotations.NullMarked;
