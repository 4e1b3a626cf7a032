package dev.dunlin.push.provider;

import dev.dunlin.push.delivery.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whom deliveries go to, by origin: {@code apns}, {@code apns-sandbox}, {@code fcm}, or the origin
 * of an endpoint's URL. Limits the deliveries at once to each, lets some more wait in a line, and
 * leaves one alone that fails, so that a provider that hangs or cannot be reached takes nobody
 * else's place. Thread-safe; does not block.
 */
public interface Providers {
    /**
     * A place, or one in the line; empty if all are taken, or the provider is left alone for now.
     */
    Optional<Place> enter(String origin);

    /** For how many more deliveries there is room now. */
    Room room();

    /** The origins that are left alone; others without room have some again in a moment. */
    Set<String> leftAlone();

    /** Until when the provider is left alone; empty if it is not. */
    Optional<Instant> closedUntil(String origin);

    /**
     * How many deliveries {@link #enter} would take. It counts as 0 until several of a line are
     * free: to prepare them one by one would cost more.
     *
     * @param known by origin
     * @param others of each origin that is not in {@code known}
     */
    record Room(Map<String, Integer> known, int others) {
        public Room {
            known = Map.copyOf(known);
        }
    }

    /** One delivery's place. It is given back once, by {@code leave} or {@code leaveUnused}. */
    interface Place {
        /**
         * Calls {@code delivery} when the delivery may begin: now, or when one before it has ended.
         * Calls {@code turnedAway} instead, with the place given back, if the provider is left
         * alone first, or the wait was too long for what was prepared. Both must return at once.
         */
        void start(Runnable delivery, Runnable turnedAway);

        /**
         * Gives it back when the delivery has ended. Returns whether the origin has {@link Room}
         * again.
         */
        boolean leave(Outcome outcome);

        /** Gives it back without {@link #start}: nothing was learned of the provider. */
        void leaveUnused();
    }
}
