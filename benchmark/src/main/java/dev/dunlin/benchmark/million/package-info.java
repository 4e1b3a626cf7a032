/** {@code ./dev bench million}: as many links as the machine's file limit lets processes hold. */
@NullMarked
package dev.dunlin.benchmark.million;

import org.jspecify.annotations.NullMarked;
