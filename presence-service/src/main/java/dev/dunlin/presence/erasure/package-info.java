/** Forgetting users who were erased. */
@NullMarked
package dev.dunlin.presence.erasure;

import org.jspecify.annotations.NullMarked;
