package dev.dunlin.push.device;

import dev.dunlin.push.endpoint.Endpoint;
import java.util.Locale;

/** Where and how a device is reached. */
public sealed interface Target {
    /** The name of the kind in REST, tables and metrics. */
    String kind();

    /** A target that can be registered and notified. */
    sealed interface Reachable extends Target {
        /**
         * What tells it from others of its kind: a URL or a token. It may be a secret: do not log
         * it.
         */
        String address();

        /** Whom deliveries go to: see {@link dev.dunlin.push.provider.Providers}. */
        String origin();
    }

    /** A target that is a URL. */
    sealed interface Called extends Reachable {
        /** The URL to call. It may itself be a secret: do not log it. */
        Endpoint endpoint();

        @Override
        default String address() {
            return endpoint().toString();
        }

        @Override
        default String origin() {
            return endpoint().origin();
        }
    }

    /**
     * A stored row that breaks a current rule; {@code reason} names it. Nothing is delivered to it,
     * and its user can remove it.
     */
    record Broken(String kind, String reason) implements Target {}

    /** A server that receives signed POSTs. {@code secret} is the key of the signature. */
    record Webhook(Endpoint endpoint, String secret) implements Called {
        public static final String KIND = "webhook";

        public Webhook {
            if (secret.isEmpty()) {
                throw new IllegalArgumentException("secret: must not be empty");
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * A browser's push subscription (W3C Push API), or one of a UnifiedPush distributor.
     *
     * @param keyId the id of the {@link ServerKeys} that it was made with
     */
    record WebPush(Endpoint endpoint, SubscriptionKeys keys, String keyId) implements Called {
        public static final String KIND = "webpush";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * An app on a device of Apple's.
     *
     * @param token 1 to 200 hexadecimal digits
     * @param topic the id of the app
     */
    record Apns(String token, String topic, Environment environment) implements Reachable {
        public static final String KIND = "apns";

        private static final int MOST_DIGITS = 200;
        private static final int MOST_TOPIC = 255;

        public Apns {
            if (!token.matches("[0-9a-f]{1," + MOST_DIGITS + "}")) {
                throw new IllegalArgumentException("token: must be 1 to " + MOST_DIGITS + " hexadecimal digits");
            }
            if (!topic.matches("[A-Za-z0-9.-]{1," + MOST_TOPIC + "}")) {
                throw new IllegalArgumentException("topic: must be the id of an app, such as com.example.chat");
            }
        }

        /** Which of Apple's servers knows the token: of an app from the store, or from Xcode. */
        public enum Environment {
            PRODUCTION,
            SANDBOX;

            /** The name in REST and tables. */
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String address() {
            return token;
        }

        @Override
        public String origin() {
            return environment == Environment.PRODUCTION ? KIND : KIND + "-sandbox";
        }
    }

    /**
     * An app that is reached through Firebase Cloud Messaging.
     *
     * @param token 1 to {@value #MOST_CHARACTERS} characters; that is what an index can hold
     */
    record Fcm(String token) implements Reachable {
        public static final String KIND = "fcm";

        private static final int MOST_CHARACTERS = 2048;

        public Fcm {
            if (token.isEmpty()
                    || token.length() > MOST_CHARACTERS
                    || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw new IllegalArgumentException(
                        "token: must be 1 to " + MOST_CHARACTERS + " characters of ASCII without spaces");
            }
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String address() {
            return token;
        }

        @Override
        public String origin() {
            return KIND;
        }
    }
}
