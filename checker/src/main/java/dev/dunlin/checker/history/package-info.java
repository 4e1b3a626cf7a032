/** The history of a check, as all clients saw it; no judgement and no I/O. */
@NullMarked
package dev.dunlin.checker.history;

import org.jspecify.annotations.NullMarked;
