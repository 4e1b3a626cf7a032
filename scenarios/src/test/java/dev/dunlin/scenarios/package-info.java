/** Scenarios: the whole suite on its packaged processes, one class for one promise. */
@NullMarked
package dev.dunlin.scenarios;

import org.jspecify.annotations.NullMarked;
