/** The devices on which a user is notified, and the user's preferences for each. */
@NullMarked
package dev.dunlin.push.device;

import org.jspecify.annotations.NullMarked;
