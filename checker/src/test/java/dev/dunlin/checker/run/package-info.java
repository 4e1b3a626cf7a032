@NullMarked
package dev.dunlin.checker.run;

import org.jspecify.annotations.NullMarked;
