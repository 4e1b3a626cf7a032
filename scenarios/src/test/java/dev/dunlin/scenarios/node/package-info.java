/** Clients of Node's world that know nothing of Dunlin. */
@NullMarked
package dev.dunlin.scenarios.node;

import org.jspecify.annotations.NullMarked;
