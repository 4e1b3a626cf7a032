/** Who may see the presence of whom. */
@NullMarked
package dev.dunlin.presence.visibility;

import org.jspecify.annotations.NullMarked;
