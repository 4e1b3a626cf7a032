@NullMarked
package dev.dunlin.engines;

import org.jspecify.annotations.NullMarked;
