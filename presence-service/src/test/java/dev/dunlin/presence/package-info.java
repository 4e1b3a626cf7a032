@NullMarked
package dev.dunlin.presence;

import org.jspecify.annotations.NullMarked;
