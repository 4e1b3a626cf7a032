@NullMarked
package dev.dunlin.benchmark.report;

import org.jspecify.annotations.NullMarked;
