/** What happened in a check, as everybody saw it; no opinion and no I/O. */
@NullMarked
package dev.dunlin.checker.history;

import org.jspecify.annotations.NullMarked;
