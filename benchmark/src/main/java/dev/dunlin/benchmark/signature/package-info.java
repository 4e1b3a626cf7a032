/** What it costs to verify the signature of a token, also in a native image. */
@NullMarked
package dev.dunlin.benchmark.signature;

import org.jspecify.annotations.NullMarked;
