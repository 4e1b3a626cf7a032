package dev.dunlin.push.delivery.apns;

import dev.dunlin.push.delivery.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What is expected of each reason that Apple documents. */
final class Reasons {
    private static final Optional<Duration> NO_PAUSE = Optional.empty();

    private Reasons() {}

    record Row(int status, String reason, Outcome outcome) {}

    static Stream<Row> all() {
        return Stream.of(
                        Stream.of("BadDeviceToken", "DeviceTokenNotForTopic")
                                .map(reason -> new Row(400, reason, new Outcome.Gone(reason, Optional.empty()))),
                        Stream.of("ExpiredToken", "Unregistered")
                                .map(reason -> new Row(410, reason, new Outcome.Gone(reason, Optional.empty()))),
                        Stream.of(
                                        "BadCollapseId",
                                        "BadExpirationDate",
                                        "BadMessageId",
                                        "BadPriority",
                                        "BadTopic",
                                        "DuplicateHeaders",
                                        "InvalidPushType",
                                        "MissingDeviceToken",
                                        "MissingTopic",
                                        "PayloadEmpty",
                                        "TopicDisallowed")
                                .map(reason -> new Row(400, reason, new Outcome.Rejected(reason))),
                        Stream.of("BadCertificate", "BadCertificateEnvironment", "Forbidden", "MissingProviderToken")
                                .map(reason -> new Row(403, reason, new Outcome.Rejected(reason))),
                        Stream.of(new Row(404, "BadPath", new Outcome.Rejected("BadPath"))),
                        Stream.of(new Row(405, "MethodNotAllowed", new Outcome.Rejected("MethodNotAllowed"))),
                        Stream.of(new Row(413, "PayloadTooLarge", new Outcome.Rejected("PayloadTooLarge"))),
                        Stream.of(later(429, "TooManyRequests", NO_PAUSE, false)),
                        Stream.of(later(429, "TooManyProviderTokenUpdates", Optional.of(Duration.ofMinutes(1)), true)),
                        Stream.of(
                                        "ExpiredProviderToken",
                                        "InvalidProviderToken",
                                        "UnrelatedKeyIdInToken",
                                        "BadEnvironmentKeyIdInToken")
                                .map(reason -> later(403, reason, NO_PAUSE, true)),
                        Stream.of(later(400, "IdleTimeout", NO_PAUSE, true)),
                        Stream.of(later(500, "InternalServerError", NO_PAUSE, true)),
                        Stream.of(later(503, "ServiceUnavailable", NO_PAUSE, true)),
                        Stream.of(later(503, "Shutdown", NO_PAUSE, true)))
                .flatMap(rows -> rows);
    }

    private static Row later(int status, String reason, Optional<Duration> after, boolean provider) {
        return new Row(status, reason, new Outcome.TryLater(reason, after, provider));
    }
}
