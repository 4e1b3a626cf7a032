/** Tests of what runs on the hub loop. */
@NullMarked
package dev.dunlin.connection.loop;

import org.jspecify.annotations.NullMarked;
