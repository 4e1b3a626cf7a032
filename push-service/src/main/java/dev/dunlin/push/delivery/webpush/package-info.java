/** Delivery by Web Push: RFC 8030, 8291 and 8292. */
@NullMarked
package dev.dunlin.push.delivery.webpush;

import org.jspecify.annotations.NullMarked;
