/** The composition root: configuration and wiring. */
@NullMarked
package dev.dunlin.connection.config;

import org.jspecify.annotations.NullMarked;
