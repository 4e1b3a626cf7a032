/** What a user may see: asked of message-service. */
@NullMarked
package dev.dunlin.connection.access;

import org.jspecify.annotations.NullMarked;
