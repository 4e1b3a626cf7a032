@NullMarked
package dev.dunlin.benchmark.message;

import org.jspecify.annotations.NullMarked;
