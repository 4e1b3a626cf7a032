/** From a frame to the feature that handles it. */
@NullMarked
package dev.dunlin.connection.dispatch;

import org.jspecify.annotations.NullMarked;
