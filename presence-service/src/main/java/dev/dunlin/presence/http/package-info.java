/** REST, and the calls to message-service. */
@NullMarked
package dev.dunlin.presence.http;

import org.jspecify.annotations.NullMarked;
