/** The beans of the edge. */
@NullMarked
package dev.dunlin.edge.config;

import org.jspecify.annotations.NullMarked;
