@NullMarked
package dev.dunlin.benchmark.process;

import org.jspecify.annotations.NullMarked;
