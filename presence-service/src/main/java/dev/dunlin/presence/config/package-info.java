/** The composition root: configuration and wiring. */
@NullMarked
package dev.dunlin.presence.config;

import org.jspecify.annotations.NullMarked;
