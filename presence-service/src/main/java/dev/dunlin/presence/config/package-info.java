/** The composition root. */
@NullMarked
package dev.dunlin.presence.config;

import org.jspecify.annotations.NullMarked;
