package dev.dunlin.push.device.http;

import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.SubscriptionKeys;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/devices}.
 *
 * @param kind {@code apns}, {@code fcm}, {@code webpush} or {@code webhook}
 * @param token of {@code apns}, in hexadecimal digits, and of {@code fcm}
 * @param topic of {@code apns}: the id of the app
 * @param environment of {@code apns}: {@code production} (the default) or {@code sandbox}
 * @param subscription of a browser, as its {@code PushSubscription.toJSON()} returns it
 * @param key of a browser: the {@code applicationServerKey} that it subscribed with, in base64url;
 *     {@code subscription.applicationServerKey} is the same
 * @param url of a webhook
 * @param secret of a webhook: the key of the signature; generated if absent
 * @param app the id or name of the app
 * @param platform for example {@code ios} or {@code firefox}
 * @param locale a language tag (BCP 47)
 * @param appVersion the version of the app
 */
public record RegisterDevice(
        @Nullable String kind,
        @Nullable String token,
        @Nullable String topic,
        @Nullable String environment,
        @Nullable Subscription subscription,
        @Nullable String key,
        @Nullable String url,
        @Nullable String secret,
        @Nullable String app,
        @Nullable String platform,
        @Nullable String locale,
        @Nullable String appVersion,
        @Nullable Prefs prefs) {
    /** W3C Push API, {@code PushSubscriptionJSON}, and what {@code options} says. */
    public record Subscription(
            @Nullable String endpoint,
            @Nullable SubscriptionKeys keys,
            @Nullable String applicationServerKey) {}

    /** The key that the browser subscribed with, if the request names it. */
    @Nullable
    String subscribedWith() {
        return key == null && subscription != null ? subscription.applicationServerKey() : key;
    }
}
