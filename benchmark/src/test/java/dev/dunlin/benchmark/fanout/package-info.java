@NullMarked
package dev.dunlin.benchmark.fanout;

import org.jspecify.annotations.NullMarked;
