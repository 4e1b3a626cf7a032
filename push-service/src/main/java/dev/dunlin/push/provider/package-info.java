/** Limits of what is sent to each provider at once. */
@NullMarked
package dev.dunlin.push.provider;

import org.jspecify.annotations.NullMarked;
