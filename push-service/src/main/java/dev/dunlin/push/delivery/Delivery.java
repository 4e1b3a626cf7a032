package dev.dunlin.push.delivery;

import dev.dunlin.push.device.Device;

/**
 * Delivers to a device. Blocks until the other side answers, or until the time-out; called on
 * virtual threads.
 */
@FunctionalInterface
public interface Delivery {
    Outcome deliver(Push push, Device device);
}
