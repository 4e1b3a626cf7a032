package dev.dunlin.push.device;

import dev.dunlin.protocol.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The registered devices. Every method blocks and is called on virtual threads. Safe for many
 * threads and processes at once.
 */
public interface Devices {
    /**
     * Registers a device, or renews the one that this user has at the same endpoint. A renewed
     * device keeps its id, and its preferences unless new ones are given. If another user has a
     * browser subscription with the same keys, that device is removed: one browser is used by
     * whoever registered it last.
     */
    Registration register(UserId user, Target.Reachable target, Optional<Prefs> prefs, Instant now);

    /** The devices of one user, oldest first. */
    List<Device> of(UserId user);

    /** The devices of several users, in no order. */
    List<Device> ofAll(Collection<UserId> users);

    /** Replaces the preferences of a device. */
    Change change(UserId user, DeviceId id, Prefs prefs);

    /** Removes a device of the user and its pending notifications; false if there was none. */
    boolean remove(UserId user, DeviceId id);

    /**
     * Removes all devices of the user and their pending notifications. Returns how many devices
     * there were.
     */
    int removeAll(UserId user);

    /**
     * Removes a device that its provider reports as gone; {@code since}: unless it was registered
     * again after that time.
     */
    void removeGone(DeviceId id, Optional<Instant> since);

    /** There was nothing at the device's endpoint. If that lasts, the device is disabled. */
    void notFound(DeviceId id, Instant now);

    /** The outcome of a registration. */
    sealed interface Registration {
        record Created(Device device) implements Registration {}

        record Renewed(Device device) implements Registration {}

        /** The user has as many devices as allowed. */
        record TooMany(int allowed) implements Registration {}

        /** The user's devices together would take more bytes than allowed. */
        record TooLarge(int allowed) implements Registration {}
    }

    /** The outcome of {@link #change}. */
    sealed interface Change {
        record Changed(Device device) implements Change {}

        /** The user has no such device. */
        record Unknown() implements Change {}

        /** The user's devices together would take more bytes than allowed. */
        record TooLarge(int allowed) implements Change {}
    }
}
