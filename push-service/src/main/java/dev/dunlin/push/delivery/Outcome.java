package dev.dunlin.push.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The outcome of a delivery. An exception means that this service itself failed. */
public sealed interface Outcome {
    /** It was accepted. */
    record Delivered() implements Outcome {}

    /**
     * The device no longer exists: remove it. {@code since}: unless it was registered again after
     * that time.
     */
    record Gone(String reason, Optional<Instant> since) implements Outcome {}

    /** There is nothing at the endpoint now. If that lasts, the device is disabled. */
    record NotFound(String reason) implements Outcome {}

    /**
     * It may succeed later, not before {@code after} if there is one. {@code provider}: the reason
     * is the provider's, so that deliveries to other devices there would fail, too.
     */
    record TryLater(String reason, Optional<Duration> after, boolean provider) implements Outcome {}

    /** It will never succeed, but the device still exists. */
    record Rejected(String reason) implements Outcome {}
}
