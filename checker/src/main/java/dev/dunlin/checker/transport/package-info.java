/** How the workload reaches the suite; a package below for each transport. */
@NullMarked
package dev.dunlin.checker.transport;

import org.jspecify.annotations.NullMarked;
