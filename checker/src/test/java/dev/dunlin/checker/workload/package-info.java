@NullMarked
package dev.dunlin.checker.workload;

import org.jspecify.annotations.NullMarked;
