/** What the process itself gives to the edge. */
@NullMarked
package dev.dunlin.edge.config;

import org.jspecify.annotations.NullMarked;
