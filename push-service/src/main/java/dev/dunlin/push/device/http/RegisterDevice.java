package dev.dunlin.push.device.http;

import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.SubscriptionKeys;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/devices}.
 *
 * @param kind {@code webhook} or {@code webpush}
 * @param url of a webhook
 * @param secret of a webhook: the key of the signature; generated if absent
 * @param subscription of a browser, as its {@code PushSubscription.toJSON()} returns it
 */
public record RegisterDevice(
        @Nullable String kind,
        @Nullable String url,
        @Nullable String secret,
        @Nullable Subscription subscription,
        @Nullable Prefs prefs) {
    /** W3C Push API, {@code PushSubscriptionJSON}. */
    public record Subscription(
            @Nullable String endpoint, @Nullable SubscriptionKeys keys) {}
}
