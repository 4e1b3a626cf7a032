@NullMarked
package dev.dunlin.engines.testing;

import org.jspecify.annotations.NullMarked;
