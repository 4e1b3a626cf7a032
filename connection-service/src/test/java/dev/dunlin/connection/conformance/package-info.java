/** What others wrote to judge implementations of a standard, let loose on this one. */
@NullMarked
package dev.dunlin.connection.conformance;

import org.jspecify.annotations.NullMarked;
