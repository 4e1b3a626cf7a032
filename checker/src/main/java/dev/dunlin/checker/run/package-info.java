/** One check from its suite to its verdict. */
@NullMarked
package dev.dunlin.checker.run;

import org.jspecify.annotations.NullMarked;
