/** The running suite that scenarios talk to. */
@NullMarked
package dev.dunlin.scenarios.suite;

import org.jspecify.annotations.NullMarked;
