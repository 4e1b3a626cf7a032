/** Notifications to offline users: see {@code docs/architecture.md}. */
@NullMarked
package dev.dunlin.push;

import org.jspecify.annotations.NullMarked;
