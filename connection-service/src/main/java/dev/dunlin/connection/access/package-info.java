/** What a user may see, as message-service decides. */
@NullMarked
package dev.dunlin.connection.access;

import org.jspecify.annotations.NullMarked;
