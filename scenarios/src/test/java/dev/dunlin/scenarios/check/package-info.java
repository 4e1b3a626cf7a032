/**
 * Runs of the checker on real suites: that it finds nothing where nothing is, and finds each thing
 * that is broken on purpose.
 */
@NullMarked
package dev.dunlin.scenarios.check;

import org.jspecify.annotations.NullMarked;
