/** What is done in the background, by one process at a time. */
@NullMarked
package dev.dunlin.message.upkeep;

import org.jspecify.annotations.NullMarked;
