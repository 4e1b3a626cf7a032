/** Who publishes and who listens, where, and how. */
@NullMarked
package dev.dunlin.checker.workload;

import org.jspecify.annotations.NullMarked;
