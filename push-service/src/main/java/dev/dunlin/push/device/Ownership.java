package dev.dunlin.push.device;

import dev.dunlin.protocol.UserId;
import java.util.Optional;

/**
 * Asks a webhook whether it expects to be registered. So nobody can register the URL of somebody
 * else. Blocks until the answer or the time-out; called on virtual threads.
 */
public interface Ownership {
    /** Whether endpoints are asked at all. If not, none has a fault. */
    boolean asks();

    /**
     * Empty if the endpoint repeated a challenge, else what it did instead, for the user. Nothing
     * of the device is stored yet.
     */
    Optional<String> fault(UserId user, DeviceId device, Target.Webhook target);

    /** Asks nobody: for tests and demonstrations. */
    static Ownership unasked() {
        return new Ownership() {
            @Override
            public boolean asks() {
                return false;
            }

            @Override
            public Optional<String> fault(UserId user, DeviceId device, Target.Webhook target) {
                return Optional.empty();
            }
        };
    }
}
