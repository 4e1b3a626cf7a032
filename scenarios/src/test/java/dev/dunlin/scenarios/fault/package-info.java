/** A network that does to links what networks do: it stands between a client and the suite. */
@NullMarked
package dev.dunlin.scenarios.fault;

import org.jspecify.annotations.NullMarked;
