/** Compares a history with the promises. Pure: no I/O, no clock. */
@NullMarked
package dev.dunlin.checker.verdict;

import org.jspecify.annotations.NullMarked;
