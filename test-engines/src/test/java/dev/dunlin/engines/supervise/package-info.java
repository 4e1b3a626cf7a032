@NullMarked
package dev.dunlin.engines.supervise;

import org.jspecify.annotations.NullMarked;
