@NullMarked
package dev.dunlin.checker.nemesis;

import org.jspecify.annotations.NullMarked;
