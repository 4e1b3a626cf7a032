/** How the workload reaches the suite; each transport has a package below this one. */
@NullMarked
package dev.dunlin.checker.transport;

import org.jspecify.annotations.NullMarked;
