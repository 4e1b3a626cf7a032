/** The local stack's own key: who mints and who publishes it. */
@NullMarked
package dev.dunlin.engines.tokens;

import org.jspecify.annotations.NullMarked;
