package dev.dunlin.push.delivery;

import java.time.Duration;
import java.util.Optional;

/** The outcome of a delivery. An exception means that this service itself failed. */
public sealed interface Outcome {
    /** The endpoint accepted it. */
    record Delivered() implements Outcome {}

    /** The device no longer exists: remove it. */
    record Gone() implements Outcome {}

    /** It may succeed later, not before {@code after} if the endpoint named a time. */
    record TryLater(String reason, Optional<Duration> after) implements Outcome {}

    /** It will never succeed, but the device still exists. */
    record Rejected(String reason) implements Outcome {}
}
