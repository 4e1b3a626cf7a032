@NullMarked
package dev.dunlin.benchmark.load;

import org.jspecify.annotations.NullMarked;
