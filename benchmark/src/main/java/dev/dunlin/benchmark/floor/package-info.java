/** What the work costs at least: one write to one socket, one message through the bare engines. */
@NullMarked
package dev.dunlin.benchmark.floor;

import org.jspecify.annotations.NullMarked;
