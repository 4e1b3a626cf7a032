@NullMarked
package dev.dunlin.benchmark.link;

import org.jspecify.annotations.NullMarked;
