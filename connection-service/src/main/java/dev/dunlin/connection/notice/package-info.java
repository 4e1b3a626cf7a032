/** Notices about a user, for the user's sessions. */
@NullMarked
package dev.dunlin.connection.notice;

import org.jspecify.annotations.NullMarked;
