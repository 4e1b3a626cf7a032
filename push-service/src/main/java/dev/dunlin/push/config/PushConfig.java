package dev.dunlin.push.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The settings of push-service. */
@ConfigMapping(prefix = "dunlin.push")
public interface PushConfig {
    /** How long a notification waits for a read mark that makes it needless. */
    @WithDefault("2s")
    Duration delay();

    /** An older message notifies nobody. */
    @WithDefault("1h")
    Duration maxAge();

    /** How many devices a user may have. */
    @WithDefault("20")
    int devicesPerUser();

    /** How many bytes the devices of a user may take together: URLs, keys and preferences. */
    @WithDefault("262144")
    int deviceBytesPerUser();

    /**
     * How long a user must be away on all of its devices to be notified as if it were offline. 0s:
     * at once.
     */
    @WithDefault("1m")
    Duration awayAfter();

    /**
     * The least time between two notifications of a channel on a device; what comes in between is
     * counted in the next one. A message that mentions the user does not wait. 0s: no limit.
     */
    @WithDefault("10s")
    Duration collapse();

    /** How often a device is notified in a minute; beyond that, notifications wait and collapse. */
    @WithDefault("30")
    int perMinute();

    /**
     * Whether endpoints may be private addresses and plain http. Only for a stack on one machine,
     * and tests: otherwise users can make the service call into its own network.
     */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** A device that was not registered for this time is removed; 0 keeps it. */
    @WithDefault("180d")
    Duration deviceLife();

    /** Webhooks as devices. */
    Webhook webhook();

    /** The proxy through which endpoints are called. */
    Proxy proxy();

    /** How deliveries run. */
    Delivery delivery();

    /** How failed deliveries are retried. */
    Retry retry();

    /** The cache of other services' answers. */
    Cache cache();

    /** The keys that identify this suite to browsers' push services. */
    Vapid vapid();

    /** How much each provider is sent at once, and when it is left alone. */
    Providers providers();

    /** Apple Push Notification service. */
    Apns apns();

    /** Firebase Cloud Messaging. */
    Fcm fcm();

    /** Webhooks as devices. */
    interface Webhook {
        /** Whether users can register webhooks. Those that are registered are called either way. */
        @WithDefault("false")
        boolean enabled();

        /** Whether an endpoint must repeat a challenge before it is registered. */
        @WithDefault("true")
        boolean challenge();

        /** How many answers 404 in a row disable a webhook. */
        @WithDefault("20")
        int notFoundLimit();

        /** And over what time at least. */
        @WithDefault("1d")
        Duration notFoundTime();
    }

    /** The proxy through which endpoints are called. */
    interface Proxy {
        /** An HTTP proxy that takes {@code CONNECT}: {@code http://host:port}. */
        Optional<URI> url();

        /** A file with one line {@code user:password}; it is read again when it changes. */
        Optional<Path> credentialsFile();
    }

    /** How deliveries run. */
    interface Delivery {
        /** Notifications in hand at once, in one process: being sent, or about to be. */
        @WithDefault("1024")
        int concurrency();

        /** How long an endpoint may take to accept the connection, and to answer. */
        @WithDefault("10s")
        Duration timeout();

        /** The pause while no notification that is due can start, because all are in hand. */
        @WithDefault("50ms")
        Duration poll();

        /** How long a push service keeps what it cannot deliver. */
        @WithDefault("24h")
        Duration ttl();

        /**
         * How long it is remembered what was decided of a message, for {@code GET
         * /v1/push/explain}, and so that a repeated event does not notify again.
         */
        @WithDefault("24h")
        Duration remember();
    }

    /** How failed deliveries are retried. */
    interface Retry {
        /** Attempts of a delivery in all. */
        @WithDefault("5")
        int tries();

        /** The pause after the first failure; three times as long after each further one. */
        @WithDefault("5s")
        Duration first();

        /** The longest pause. */
        @WithDefault("10m")
        Duration most();
    }

    /** The cache of other services' answers. */
    interface Cache {
        /** How long it is cached whether a namespace notifies. */
        @WithDefault("30s")
        Duration life();
    }

    /** The keys that identify this suite to browsers' push services (RFC 8292). */
    interface Vapid {
        /**
         * A PEM file with a P-256 private key in PKCS #8, with the id {@code default}. Without it
         * and {@link #keys} there is no Web Push.
         */
        Optional<Path> keyFile();

        /**
         * A directory of such files, {@code <id>.pem}. The last by name is for new subscriptions.
         * It is read again when it changes.
         */
        Optional<Path> keys();

        /** Who runs this suite: a {@code mailto:} or {@code https:} URL. Required with a key. */
        Optional<String> subject();
    }

    /** How much each provider is sent at once, and when it is left alone. */
    interface Providers {
        /**
         * Deliveries at once to APNs, to its sandbox, to FCM and to the {@link #services}, each, in
         * one process.
         */
        @WithDefault("200")
        int concurrency();

        /**
         * Hosts of push services that many devices share: of browsers, of UnifiedPush distributors.
         * {@code *.} at the start stands for one or more labels.
         */
        @WithDefault("fcm.googleapis.com,updates.push.services.mozilla.com,web.push.apple.com,*.notify.windows.com")
        Set<String> services();

        /**
         * Deliveries at once to each other origin: webhooks, and push services that are not named.
         */
        @WithDefault("8")
        int concurrencyEndpoint();

        /** After how many failures in a row a provider is left alone, for 1 s at first. */
        @WithDefault("5")
        int failures();
    }

    /** Apple Push Notification service. */
    interface Apns {
        /** A {@code .p8} file of Apple's. Without it APNs is off. Read again when it changes. */
        Optional<Path> keyFile();

        /** The id of the key, 10 characters. Not needed for a file that is named as Apple does. */
        Optional<String> keyId();

        /** The id of the developer team, 10 characters. Required with the key. */
        Optional<String> teamId();

        /** The ids of the apps that may be notified; empty: all. */
        Optional<Set<String>> topics();

        /** Apple's server for apps from the store, as {@code host} or {@code host:port}. */
        @WithDefault("api.push.apple.com")
        String host();

        /** Apple's server for apps from Xcode, as {@code host} or {@code host:port}. */
        @WithDefault("api.sandbox.push.apple.com")
        String sandboxHost();

        /** A PEM file of certificates to trust instead of the platform's: for proxies and tests. */
        Optional<Path> trustFile();

        /** The most connections to each server. A further one opens when all streams are taken. */
        @WithDefault("4")
        int connections();
    }

    /** Firebase Cloud Messaging. */
    interface Fcm {
        /**
         * The JSON file of a service account. Without it FCM is off. Read again when it changes.
         */
        Optional<Path> serviceAccountFile();

        /** The id of the Android app's notification channel; empty: the one in its manifest. */
        Optional<String> androidChannel();

        /** Google's server, as {@code host} or {@code host:port}. */
        @WithDefault("fcm.googleapis.com")
        String host();

        /** A PEM file of certificates to trust instead of the platform's: for proxies and tests. */
        Optional<Path> trustFile();

        /** The most connections. A further one opens when all streams are taken. */
        @WithDefault("4")
        int connections();
    }
}
