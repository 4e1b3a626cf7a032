package dev.dunlin.push.decision;

import java.time.Instant;

/** What is decided of one message and one device of a user. */
public sealed interface Verdict {
    /** Why. */
    Reason reason();

    /** The device is notified. */
    record Notify() implements Verdict {
        @Override
        public Reason reason() {
            return Reason.NOTIFY;
        }
    }

    /** It is decided again at {@code until}. */
    record Wait(Reason reason, Instant until) implements Verdict {}

    /** The device is not notified. */
    record Drop(Reason reason) implements Verdict {}
}
