/** Notifications to those who are not there: see {@code docs/architecture.md}. */
@NullMarked
package dev.dunlin.push;

import org.jspecify.annotations.NullMarked;
