/** The key of the local stack and of the tests, and the tokens that it signs. */
@NullMarked
package dev.dunlin.engines.tokens;

import org.jspecify.annotations.NullMarked;
