/** Who may make whom a member, and how often a day. */
@NullMarked
package dev.dunlin.message.invite;

import org.jspecify.annotations.NullMarked;
