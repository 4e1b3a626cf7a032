/** The faults of the suite's processes, and their times. */
@NullMarked
package dev.dunlin.checker.nemesis;

import org.jspecify.annotations.NullMarked;
