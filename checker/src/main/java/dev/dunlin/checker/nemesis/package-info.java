/** What is done to the suite's processes, and when. */
@NullMarked
package dev.dunlin.checker.nemesis;

import org.jspecify.annotations.NullMarked;
