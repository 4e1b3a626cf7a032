/** What sessions do to presence. */
@NullMarked
package dev.dunlin.presence.session;

import org.jspecify.annotations.NullMarked;
