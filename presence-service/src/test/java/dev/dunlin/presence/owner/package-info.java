@NullMarked
package dev.dunlin.presence.owner;

import org.jspecify.annotations.NullMarked;
