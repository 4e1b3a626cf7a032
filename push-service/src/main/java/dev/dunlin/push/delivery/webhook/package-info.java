/** Delivery to a webhook, by a signed POST. */
@NullMarked
package dev.dunlin.push.delivery.webhook;

import org.jspecify.annotations.NullMarked;
