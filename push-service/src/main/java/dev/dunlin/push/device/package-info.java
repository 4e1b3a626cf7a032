/** What a user is notified on, and the user's preferences for it. */
@NullMarked
package dev.dunlin.push.device;

import org.jspecify.annotations.NullMarked;
