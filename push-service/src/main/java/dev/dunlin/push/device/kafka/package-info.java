/** What other services say of users, for their devices. */
@NullMarked
package dev.dunlin.push.device.kafka;

import org.jspecify.annotations.NullMarked;
