package dev.dunlin.connection.subscription;

/**
 * How far a subscription has come:
 *
 * <pre>
 * PENDING → GRANTED → LIVE ⇄ {@link Replaying}
 *    └─────────┴───────┴──────────┴─→ CLOSED
 * </pre>
 *
 * A phase says what happens to live events and to {@code subscribe} frames. {@link Access} says
 * whether anything may be sent at all: an {@link AccessCheck} pauses each phase, and first turns
 * {@link Replaying} into {@code LIVE}. On the session's loop.
 */
sealed interface Phase permits Phase.Step, Replaying {
    /** A phase without state, so that an idle subscription holds no object for it. */
    enum Step implements Phase {
        /** The first question for access is open. */
        PENDING,
        /** Access was granted; the hub has not attached the subscription yet. Frames wait. */
        GRANTED,
        /** Events go to the outbox at once. */
        LIVE,
        /** Nothing is sent any more. */
        CLOSED
    }
}
