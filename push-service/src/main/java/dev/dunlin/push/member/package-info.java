/** Who is a member of which channel, of the users who have devices. */
@NullMarked
package dev.dunlin.push.member;

import org.jspecify.annotations.NullMarked;
