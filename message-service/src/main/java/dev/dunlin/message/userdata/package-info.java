/** What is held of a user: export and erasure. */
@NullMarked
package dev.dunlin.message.userdata;

import org.jspecify.annotations.NullMarked;
