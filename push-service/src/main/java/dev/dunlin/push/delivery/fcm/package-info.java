/** Delivery by Firebase Cloud Messaging (FCM), mostly to Android. */
@NullMarked
package dev.dunlin.push.delivery.fcm;

import org.jspecify.annotations.NullMarked;
