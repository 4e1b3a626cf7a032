/**
 * The same promises over every transport and every way to the suite, in fair weather and in foul.
 */
@NullMarked
package dev.dunlin.scenarios.transport;

import org.jspecify.annotations.NullMarked;
