package dev.dunlin.push.device;

import dev.dunlin.push.endpoint.Endpoint;

/** Where and how a device is reached. */
public sealed interface Target {
    /** The name of the kind in REST, tables and metrics. */
    String kind();

    /** A target that can be registered and called. */
    sealed interface Reachable extends Target {
        /** The URL to call. It may itself be a secret: do not log it. */
        Endpoint endpoint();
    }

    /**
     * A stored row that breaks a current rule; {@code reason} names it. Nothing is delivered to it,
     * and its user can remove it.
     */
    record Broken(String kind, String reason) implements Target {}

    /** A server that receives signed POSTs. {@code secret} is the key of the signature. */
    record Webhook(Endpoint endpoint, String secret) implements Reachable {
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

    /** A browser's push subscription (W3C Push API). */
    record WebPush(Endpoint endpoint, SubscriptionKeys keys) implements Reachable {
        public static final String KIND = "webpush";

        @Override
        public String kind() {
            return KIND;
        }
    }
}
