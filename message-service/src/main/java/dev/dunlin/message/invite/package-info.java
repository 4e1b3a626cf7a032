/** Who may add whom to channels, and how often a day. */
@NullMarked
package dev.dunlin.message.invite;

import org.jspecify.annotations.NullMarked;
