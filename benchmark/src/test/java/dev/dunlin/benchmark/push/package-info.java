@NullMarked
package dev.dunlin.benchmark.push;

import org.jspecify.annotations.NullMarked;
