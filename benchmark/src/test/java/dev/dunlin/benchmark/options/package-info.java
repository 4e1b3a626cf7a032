@NullMarked
package dev.dunlin.benchmark.options;

import org.jspecify.annotations.NullMarked;
