/** How much one user, and one address, may ask of a process. */
@NullMarked
package dev.dunlin.edge.rate;

import org.jspecify.annotations.NullMarked;
