package dev.dunlin.push.device;

import dev.dunlin.push.endpoint.Endpoint;

/** Where and how a device is reached. */
public sealed interface Target {
    /** The URL that is called. It may itself be a secret: keep it out of logs. */
    Endpoint endpoint();

    /** The word for it in REST, tables and metrics. */
    String kind();

    /** A server that gets signed POSTs. {@code secret} is the key of the signature. */
    record Webhook(Endpoint endpoint, String secret) implements Target {
        public static final String KIND = "webhook";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** A browser's push subscription (W3C Push API). */
    record WebPush(Endpoint endpoint, SubscriptionKeys keys) implements Target {
        public static final String KIND = "webpush";

        @Override
        public String kind() {
            return KIND;
        }
    }
}
