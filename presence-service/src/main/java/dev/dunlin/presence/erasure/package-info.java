/** Erasure of users. */
@NullMarked
package dev.dunlin.presence.erasure;

import org.jspecify.annotations.NullMarked;
