/** One physical transport to a client, and the bounded queue in front of it. */
@NullMarked
package dev.dunlin.connection.link;

import org.jspecify.annotations.NullMarked;
