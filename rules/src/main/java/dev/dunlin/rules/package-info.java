/**
 * Rules that hold for the classes of every module. A module has a test class that extends one of
 * these, so that its unit tests check them, before any engine starts.
 */
@NullMarked
package dev.dunlin.rules;

import org.jspecify.annotations.NullMarked;
