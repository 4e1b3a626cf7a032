/** The edge, put together. */
@NullMarked
package dev.dunlin.edge.config;

import org.jspecify.annotations.NullMarked;
