/** Delivery to Apple's devices, by the Apple Push Notification service (APNs). */
@NullMarked
package dev.dunlin.push.delivery.apns;

import org.jspecify.annotations.NullMarked;
