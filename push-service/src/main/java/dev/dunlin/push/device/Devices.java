package dev.dunlin.push.device;

import dev.dunlin.protocol.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The registered devices. Every method blocks and is called on virtual threads. Safe for many
 * threads and processes at once.
 */
public interface Devices {
    /**
     * Registers a device, or renews the one that this user has at the same address. A renewed
     * device keeps its id, and its preferences unless new ones are given. It is seen now, enabled,
     * and was never not found.
     *
     * <p>If another user has the same token, or a subscription with the same keys, that device is
     * removed with what waits for it: an installation belongs to whoever registered it last.
     */
    Registration register(NewDevice device, Instant now);

    /** Registers a device that reports nothing of itself and was not verified. */
    default Registration register(UserId user, Target.Reachable target, Optional<Prefs> prefs, Instant now) {
        DeviceId id = new DeviceId(UUID.randomUUID());
        return register(new NewDevice(id, user, target, About.NOTHING, prefs, false), now);
    }

    /**
     * The device that a registration of this target would renew or remove: of this user at the same
     * address, else of another user who has the same token, or a subscription with the same keys.
     */
    Optional<Device> find(UserId user, Target.Reachable target);

    /** The devices of one user, oldest first. */
    List<Device> of(UserId user);

    /** Replaces the preferences of a device. */
    Change change(UserId user, DeviceId id, Prefs prefs);

    /** Removes a device of the user and what waits for it; false if there was none. */
    boolean remove(UserId user, DeviceId id);

    /**
     * Removes all devices of the user with what waits for them, and the user's preferences. Returns
     * how many devices there were.
     */
    int removeAll(UserId user);

    /**
     * Removes a device that its provider reports as gone, unless it was registered again after
     * {@code since}. Returns whether it was removed.
     */
    boolean removeGone(DeviceId id, Optional<Instant> since);

    /**
     * Counts that there was nothing at the device's address, until something is delivered to it
     * again. After enough of them in a row, over enough time, it is disabled and what waits for it
     * is removed. Returns whether this call disabled it.
     */
    boolean notFound(DeviceId id, Instant now);

    /**
     * Removes at most {@code most} devices that were not registered since {@code before}, those
     * that were seen longest ago first. Returns how many.
     */
    int removeUnseen(Instant before, int most);

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
