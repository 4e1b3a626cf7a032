/** What the tests share. */
@NullMarked
package dev.dunlin.message.testing;

import org.jspecify.annotations.NullMarked;
