/** Builds what the stack runs, when it is missing or older than its sources. */
@NullMarked
package dev.dunlin.localstack.build;

import org.jspecify.annotations.NullMarked;
