package dev.dunlin.push.device;

import java.util.Set;

/**
 * Which kinds of devices can be registered.
 *
 * @param webPush needs a VAPID key
 * @param webhook off unless the operator enables it
 * @param apns needs a key of Apple's
 * @param fcm needs a service account of Firebase
 * @param topics the apps that {@code apns} accepts; empty: all
 */
public record AcceptedKinds(boolean webPush, boolean webhook, boolean apns, boolean fcm, Set<String> topics) {
    public AcceptedKinds {
        topics = Set.copyOf(topics);
    }
}
