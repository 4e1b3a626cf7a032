/** Results as a page, as raw figures and as charts. */
@NullMarked
package dev.dunlin.benchmark.report;

import org.jspecify.annotations.NullMarked;
