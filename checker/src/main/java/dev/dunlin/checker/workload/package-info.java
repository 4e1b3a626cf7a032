/** Which clients publish and listen, where, and how. */
@NullMarked
package dev.dunlin.checker.workload;

import org.jspecify.annotations.NullMarked;
