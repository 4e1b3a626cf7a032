/** Measures Dunlin beside the floor and its peers: {@code ./dev bench}. */
@NullMarked
package dev.dunlin.benchmark;

import org.jspecify.annotations.NullMarked;
