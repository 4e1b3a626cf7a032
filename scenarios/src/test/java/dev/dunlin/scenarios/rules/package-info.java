/** Rules that hold for the code of all modules, and for the pages about it. */
@NullMarked
package dev.dunlin.scenarios.rules;

import org.jspecify.annotations.NullMarked;
