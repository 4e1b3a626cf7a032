package dev.dunlin.push.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
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

    /** The most members of a channel that are notified. */
    @WithDefault("10000")
    int maxMembers();

    /**
     * Whether endpoints may be private addresses and plain http. Only for a stack on one machine,
     * and tests: otherwise users can make the service call into its own network.
     */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** How deliveries run. */
    Delivery delivery();

    /** How failed deliveries are retried. */
    Retry retry();

    /** The cache of other services' answers. */
    Cache cache();

    /** The key that identifies this suite to browsers' push services. */
    Vapid vapid();

    /** How much each provider is sent at once, and when it is left alone. */
    Providers providers();

    /** Apple Push Notification service. */
    Apns apns();

    /** Firebase Cloud Messaging. */
    Fcm fcm();

    /** How deliveries run. */
    interface Delivery {
        /** Deliveries at once, in one process. */
        @WithDefault("64")
        int concurrency();

        /** How long an endpoint may take to accept the connection, and to answer. */
        @WithDefault("10s")
        Duration timeout();

        /**
         * The pause while no notification that is due can start, because all deliveries are busy.
         */
        @WithDefault("250ms")
        Duration poll();

        /** How long a push service keeps what it cannot deliver. */
        @WithDefault("24h")
        Duration ttl();

        /**
         * How long a message is remembered as notified, so that a repeated event does not notify
         * again.
         */
        @WithDefault("1h")
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
        /** How long an answer is cached. */
        @WithDefault("30s")
        Duration life();

        /** The most channels whose members are cached. */
        @WithDefault("10000")
        int channels();
    }

    /** The key that identifies this suite to browsers' push services (RFC 8292). */
    interface Vapid {
        /** A PEM file with a P-256 private key in PKCS #8. Without it there is no Web Push. */
        Optional<Path> keyFile();

        /** Who runs this suite: a {@code mailto:} or {@code https:} URL. Required with the key. */
        Optional<String> subject();
    }

    /** How much each provider is sent at once, and when it is left alone. */
    interface Providers {
        /** Deliveries at once to APNs, to its sandbox and to FCM, each, in one process. */
        @WithDefault("200")
        int concurrency();

        /** Deliveries at once to each other origin: browsers' push services and webhooks. */
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
