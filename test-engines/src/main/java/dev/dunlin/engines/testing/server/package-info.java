/** The detached process that keeps the engines of one build. */
@NullMarked
package dev.dunlin.engines.testing.server;

import org.jspecify.annotations.NullMarked;
