@NullMarked
package dev.dunlin.checker.verdict;

import org.jspecify.annotations.NullMarked;
