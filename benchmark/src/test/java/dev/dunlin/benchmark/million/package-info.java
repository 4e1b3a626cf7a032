@NullMarked
package dev.dunlin.benchmark.million;

import org.jspecify.annotations.NullMarked;
