/** How sessions change presence. */
@NullMarked
package dev.dunlin.presence.session;

import org.jspecify.annotations.NullMarked;
