/** What a delivery costs at least: one write to one socket. */
@NullMarked
package dev.dunlin.benchmark.floor;

import org.jspecify.annotations.NullMarked;
