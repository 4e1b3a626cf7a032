/**
 * Rules that need only the files of the checkout: pages, settings and deployment agree with the
 * code.
 */
@NullMarked
package dev.dunlin.rules;

import org.jspecify.annotations.NullMarked;
