@NullMarked
package dev.dunlin.benchmark;

import org.jspecify.annotations.NullMarked;
