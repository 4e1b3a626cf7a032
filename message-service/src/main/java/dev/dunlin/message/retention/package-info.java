/** What is not retained any more is removed. */
@NullMarked
package dev.dunlin.message.retention;

import org.jspecify.annotations.NullMarked;
