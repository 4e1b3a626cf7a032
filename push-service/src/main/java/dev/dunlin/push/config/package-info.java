/** The composition root: configuration and wiring. */
@NullMarked
package dev.dunlin.push.config;

import org.jspecify.annotations.NullMarked;
