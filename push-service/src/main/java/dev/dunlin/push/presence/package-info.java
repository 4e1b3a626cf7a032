/** Which users are offline. */
@NullMarked
package dev.dunlin.push.presence;

import org.jspecify.annotations.NullMarked;
