/** Work on the service's own database. */
@NullMarked
package dev.dunlin.push.postgres;

import org.jspecify.annotations.NullMarked;
