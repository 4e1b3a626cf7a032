package dev.dunlin.push.delivery.fcm;

import java.util.Optional;

/**
 * The error codes of FCM, and what follows from each (Google: "ErrorCode", REST reference of FCM
 * v1, and "FCM error codes"). docs/push.md has the same table.
 */
enum FcmError {
    UNSPECIFIED_ERROR(Effect.BY_STATUS),
    /** The device is gone if the token is what is invalid; otherwise the message is. */
    INVALID_ARGUMENT(Effect.PERHAPS_GONE),
    UNREGISTERED(Effect.GONE),
    /**
     * The token belongs to another project. The device stays: the operator may have set a wrong
     * account, and would lose all devices.
     */
    SENDER_ID_MISMATCH(Effect.REJECTED),
    /** Too much in all, or for this device: see the details. */
    QUOTA_EXCEEDED(Effect.QUOTA),
    UNAVAILABLE(Effect.PROVIDER_LATER),
    INTERNAL(Effect.PROVIDER_LATER),
    /** Firebase has no valid key for APNs or Web Push. */
    THIRD_PARTY_AUTH_ERROR(Effect.REJECTED);

    /** What follows from an error. */
    enum Effect {
        /** The token is dead: the device is removed. */
        GONE,
        PERHAPS_GONE,
        /** It would be refused again: not retried. */
        REJECTED,
        QUOTA,
        /** Trouble of the provider: retried later, as are all others. */
        PROVIDER_LATER,
        /** The access token is not used again; all wait for a new one. */
        TOKEN_REFUSED,
        BY_STATUS
    }

    private final Effect effect;

    FcmError(Effect effect) {
        this.effect = effect;
    }

    Effect effect() {
        return effect;
    }

    /** Empty for a code that is not documented. */
    static Optional<FcmError> of(String word) {
        for (FcmError error : values()) {
            if (error.name().equals(word)) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }

    /**
     * What follows from a status alone. 403: the account may not send. 404 without
     * {@link #UNREGISTERED}: there is no such project.
     */
    static Effect effectOf(int status) {
        return switch (status) {
            case 401 -> Effect.TOKEN_REFUSED;
            case 429 -> Effect.QUOTA;
            case 403, 404, 408 -> Effect.PROVIDER_LATER;
            default -> status / 100 == 5 ? Effect.PROVIDER_LATER : Effect.REJECTED;
        };
    }
}
