package dev.dunlin.push.delivery;

import dev.dunlin.push.device.Device;
import java.util.OptionalLong;

/** Brings a notification to a device. Blocks until the other side answered or the time-out; called on virtual threads. */
@FunctionalInterface
public interface Delivery {
    /** {@code unread} is told to the device if present. */
    Outcome deliver(Notification notification, Device device, OptionalLong unread);
}
