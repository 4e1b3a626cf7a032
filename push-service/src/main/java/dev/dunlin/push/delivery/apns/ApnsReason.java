package dev.dunlin.push.delivery.apns;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The reasons that APNs gives for a refusal, and what follows from each (Apple: "Handling
 * notification responses from APNs", table of error strings). docs/push.md has the same table.
 */
enum ApnsReason {
    BAD_COLLAPSE_ID("BadCollapseId", 400, Effect.REJECTED),
    BAD_DEVICE_TOKEN("BadDeviceToken", 400, Effect.GONE),
    BAD_EXPIRATION_DATE("BadExpirationDate", 400, Effect.REJECTED),
    BAD_MESSAGE_ID("BadMessageId", 400, Effect.REJECTED),
    BAD_PRIORITY("BadPriority", 400, Effect.REJECTED),
    BAD_TOPIC("BadTopic", 400, Effect.REJECTED),
    /** A registration names token and topic together, so this one can never succeed. */
    DEVICE_TOKEN_NOT_FOR_TOPIC("DeviceTokenNotForTopic", 400, Effect.GONE),
    DUPLICATE_HEADERS("DuplicateHeaders", 400, Effect.REJECTED),
    IDLE_TIMEOUT("IdleTimeout", 400, Effect.PROVIDER_LATER),
    INVALID_PUSH_TYPE("InvalidPushType", 400, Effect.REJECTED),
    MISSING_DEVICE_TOKEN("MissingDeviceToken", 400, Effect.REJECTED),
    MISSING_TOPIC("MissingTopic", 400, Effect.REJECTED),
    PAYLOAD_EMPTY("PayloadEmpty", 400, Effect.REJECTED),
    TOPIC_DISALLOWED("TopicDisallowed", 400, Effect.REJECTED),
    BAD_CERTIFICATE("BadCertificate", 403, Effect.REJECTED),
    BAD_CERTIFICATE_ENVIRONMENT("BadCertificateEnvironment", 403, Effect.REJECTED),
    /** The token is at most 45 minutes old, so one of the clocks is wrong. */
    EXPIRED_PROVIDER_TOKEN("ExpiredProviderToken", 403, Effect.KEY_REFUSED),
    FORBIDDEN("Forbidden", 403, Effect.REJECTED),
    INVALID_PROVIDER_TOKEN("InvalidProviderToken", 403, Effect.KEY_REFUSED),
    MISSING_PROVIDER_TOKEN("MissingProviderToken", 403, Effect.REJECTED),
    UNRELATED_KEY_ID("UnrelatedKeyIdInToken", 403, Effect.KEY_REFUSED),
    BAD_ENVIRONMENT_KEY_ID("BadEnvironmentKeyIdInToken", 403, Effect.KEY_REFUSED),
    BAD_PATH("BadPath", 404, Effect.REJECTED),
    METHOD_NOT_ALLOWED("MethodNotAllowed", 405, Effect.REJECTED),
    EXPIRED_TOKEN("ExpiredToken", 410, Effect.GONE),
    UNREGISTERED("Unregistered", 410, Effect.GONE),
    PAYLOAD_TOO_LARGE("PayloadTooLarge", 413, Effect.REJECTED),
    TOO_MANY_TOKEN_UPDATES("TooManyProviderTokenUpdates", 429, Effect.TOKEN_UPDATES),
    TOO_MANY_REQUESTS("TooManyRequests", 429, Effect.DEVICE_LATER),
    INTERNAL_SERVER_ERROR("InternalServerError", 500, Effect.PROVIDER_LATER),
    SERVICE_UNAVAILABLE("ServiceUnavailable", 503, Effect.PROVIDER_LATER),
    SHUTDOWN("Shutdown", 503, Effect.PROVIDER_LATER);

    /** What follows from a reason. */
    enum Effect {
        /** The token is dead for this app and environment: the device is removed. */
        GONE,
        /** It would be refused again: not retried. */
        REJECTED,
        /** Too much for this device: retried later, others are not affected. */
        DEVICE_LATER,
        /** Trouble of the provider: retried later, as are all others. */
        PROVIDER_LATER,
        /** This suite's key or token is refused: the file is read again, all wait. */
        KEY_REFUSED,
        /**
         * The token changed too often: all wait for a minute. The token itself stays for the rest
         * of its slot, so trying again is not another change.
         */
        TOKEN_UPDATES
    }

    private static final Map<String, ApnsReason> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ApnsReason::word, Function.identity()));

    private final String word;
    private final int status;
    private final Effect effect;

    ApnsReason(String word, int status, Effect effect) {
        this.word = word;
        this.status = status;
        this.effect = effect;
    }

    /** As APNs writes it. */
    String word() {
        return word;
    }

    /** The HTTP status that it comes with. */
    int status() {
        return status;
    }

    Effect effect() {
        return effect;
    }

    /** Empty for a reason that is not documented. */
    static Optional<ApnsReason> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /** What follows from a status alone, if its reason is unknown. */
    static Effect effectOf(int status) {
        return switch (status) {
            case 410 -> Effect.GONE;
            case 403, 408, 429 -> Effect.PROVIDER_LATER;
            default -> status / 100 == 5 ? Effect.PROVIDER_LATER : Effect.REJECTED;
        };
    }
}
