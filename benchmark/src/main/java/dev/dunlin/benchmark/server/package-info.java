/** The servers that are measured beside each other: how each is started, reached and ended. */
@NullMarked
package dev.dunlin.benchmark.server;

import org.jspecify.annotations.NullMarked;
