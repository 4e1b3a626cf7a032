package dev.dunlin.push.device;

import dev.dunlin.protocol.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The registered devices. Every method blocks and is called on virtual threads; all are safe to call from many at once and many processes. */
public interface Devices {
    /**
     * Registers a device, or renews the one that this user has on the same endpoint: it keeps its id, and its preferences unless new ones are given. A browser
     * subscription with the same keys that another user had is that user's no longer: the browser is one, and who uses it now registered it.
     */
    Registration register(UserId user, Target.Reachable target, Optional<Prefs> prefs, Instant now);

    /** The devices of one user, oldest first. */
    List<Device> of(UserId user);

    /** The devices of some users, in no order. */
    List<Device> ofAll(Collection<UserId> users);

    /** Replaces the preferences. */
    Change change(UserId user, DeviceId id, Prefs prefs);

    /** Removes a device of the user and what waits for it; false if there was none. */
    boolean remove(UserId user, DeviceId id);

    /** Removes all devices of the user and what waits for them; how many there were. */
    int removeAll(UserId user);

    /** Removes a device that its provider says is gone. */
    void removeGone(DeviceId id);

    /** What came of registering. */
    sealed interface Registration {
        record Created(Device device) implements Registration {}

        record Renewed(Device device) implements Registration {}

        /** The user has as many as allowed. */
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
