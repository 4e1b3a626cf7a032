package dev.dunlin.push.config;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Map;

/** Validates the numbers and durations of {@link PushConfig}. */
final class ConfigCheck {
    private ConfigCheck() {}

    /** Stops the start with one line if a value is not allowed. */
    static void check(PushConfig config) {
        Map.ofEntries(
                        Map.entry("devices-per-user", config.devicesPerUser()),
                        Map.entry("device-bytes-per-user", config.deviceBytesPerUser()),
                        Map.entry("per-minute", config.perMinute()),
                        Map.entry("webhook.not-found-limit", config.webhook().notFoundLimit()),
                        Map.entry("delivery.concurrency", config.delivery().concurrency()),
                        Map.entry("retry.tries", config.retry().tries()),
                        Map.entry("providers.concurrency", config.providers().concurrency()),
                        Map.entry(
                                "providers.concurrency-endpoint",
                                config.providers().concurrencyEndpoint()),
                        Map.entry("providers.failures", config.providers().failures()),
                        Map.entry("apns.connections", config.apns().connections()),
                        Map.entry("fcm.connections", config.fcm().connections()))
                .forEach((key, value) -> require(value >= 1, key, value, "a whole number of 1 or more"));
        Map.of(
                        "max-age", config.maxAge(),
                        "delivery.timeout", config.delivery().timeout(),
                        "delivery.poll", config.delivery().poll(),
                        "delivery.ttl", config.delivery().ttl(),
                        "delivery.remember", config.delivery().remember(),
                        "retry.first", config.retry().first(),
                        "cache.life", config.cache().life())
                .forEach((key, value) -> require(value.isPositive(), key, value, "a duration above zero"));
        Map.of(
                        "delay", config.delay(),
                        "away-after", config.awayAfter(),
                        "collapse", config.collapse(),
                        "device-life", config.deviceLife(),
                        "webhook.not-found-time", config.webhook().notFoundTime())
                .forEach((key, value) -> require(!value.isNegative(), key, value, "a duration, not negative"));
        Duration most = config.retry().most();
        require(most.compareTo(config.retry().first()) >= 0, "retry.most", most, "not less than retry.first");
    }

    static void require(boolean holds, String key, Object value, String allowed) {
        if (!holds) {
            throw refuse(key, value, allowed);
        }
    }

    static ConfigurationException refuse(String key, Object value, String allowed) {
        return new ConfigurationException("dunlin.push." + key + "=" + value + ": must be " + allowed);
    }
}
