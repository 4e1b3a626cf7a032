/** Compares a history with what is promised. Pure: no I/O, no clock. */
@NullMarked
package dev.dunlin.checker.verdict;

import org.jspecify.annotations.NullMarked;
