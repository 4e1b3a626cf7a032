package dev.dunlin.push.provider;

import dev.dunlin.push.delivery.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Whom deliveries go to, by origin: {@code apns}, {@code apns-sandbox}, {@code fcm}, or the origin
 * of an endpoint's URL. Limits the deliveries at once to each, and leaves one alone that fails, so
 * that a provider that hangs or cannot be reached takes nobody else's place. Thread-safe; does not
 * block.
 */
public interface Providers {
    /** A place for one delivery; empty if all are taken, or the provider is left alone for now. */
    Optional<Place> enter(String origin);

    /** The origins for which {@link #enter} is empty now. */
    Set<String> closed();

    /** Those of them that are left alone; the others have a place again in a moment. */
    Set<String> leftAlone();

    /** Until when the provider is left alone; empty if it is not. */
    Optional<Instant> closedUntil(String origin);

    /** One delivery's place, to be given back once. */
    interface Place {
        /** Gives it back when the delivery has ended. */
        void leave(Outcome outcome);

        /**
         * Gives it back when there is no delivery after all: nothing was learned of the provider.
         */
        void leaveUnused();
    }
}
