/** What the sessions of a user must learn about that user. */
@NullMarked
package dev.dunlin.connection.notice;

import org.jspecify.annotations.NullMarked;
