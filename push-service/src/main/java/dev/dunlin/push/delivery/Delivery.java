package dev.dunlin.push.delivery;

import dev.dunlin.push.device.Device;
import java.util.OptionalLong;

/**
 * Delivers a notification to a device. Blocks until the endpoint answers, or until the time-out;
 * called on virtual threads.
 */
@FunctionalInterface
public interface Delivery {
    /** {@code unread}: the number to show on the device, if present. */
    Outcome deliver(Notification notification, Device device, OptionalLong unread);
}
