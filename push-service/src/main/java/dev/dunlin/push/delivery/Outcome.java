package dev.dunlin.push.delivery;

import java.time.Duration;
import java.util.Optional;

/** What came of a delivery. Each is a value: only a failure of this service itself is an exception. */
public sealed interface Outcome {
    /** The other side has it. */
    record Delivered() implements Outcome {}

    /** The device is no more: remove it. */
    record Gone() implements Outcome {}

    /** It may work later, {@code after} at the earliest if the other side said so. */
    record TryLater(String reason, Optional<Duration> after) implements Outcome {}

    /** It will not work, now or later, but the device is not gone. */
    record Rejected(String reason) implements Outcome {}
}
