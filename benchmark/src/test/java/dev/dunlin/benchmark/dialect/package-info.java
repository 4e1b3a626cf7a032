@NullMarked
package dev.dunlin.benchmark.dialect;

import org.jspecify.annotations.NullMarked;
