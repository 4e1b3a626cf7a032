/** The composition root. */
@NullMarked
package dev.dunlin.connection.config;

import org.jspecify.annotations.NullMarked;
