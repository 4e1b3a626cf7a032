/** The chat page in a real browser. */
@NullMarked
package dev.dunlin.scenarios.web;

import org.jspecify.annotations.NullMarked;
