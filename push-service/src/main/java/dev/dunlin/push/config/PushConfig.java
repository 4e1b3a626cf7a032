package dev.dunlin.push.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What push-service can be told. */
@ConfigMapping(prefix = "dunlin.push")
public interface PushConfig {
    /** How long a notification waits for a read mark that makes it needless. */
    @WithDefault("2s")
    Duration delay();

    /** A message that is older notifies nobody. */
    @WithDefault("1h")
    Duration maxAge();

    /** How many devices a user may have. */
    @WithDefault("20")
    int devicesPerUser();

    /** How many bytes the devices of a user may take together: URLs, keys and preferences. */
    @WithDefault("262144")
    int deviceBytesPerUser();

    /** How many members of a channel are notified; those of a larger channel after that many are not. */
    @WithDefault("10000")
    int maxMembers();

    /** Whether endpoints may be private addresses and plain http. Only for a stack on one machine, and tests: else users can make the service call into its own network. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** How deliveries run. */
    Delivery delivery();

    /** How deliveries that failed are tried again. */
    Retry retry();

    /** What is remembered of other services' answers. */
    Cache cache();

    /** The key that browsers' push services know this suite by. */
    Vapid vapid();

    /** How deliveries run. */
    interface Delivery {
        /** How many at once, in one process. */
        @WithDefault("64")
        int concurrency();

        /** How long an endpoint may take to be connected to, and to answer. */
        @WithDefault("10s")
        Duration timeout();

        /** How often to look for what is due. */
        @WithDefault("250ms")
        Duration poll();

        /** How long a push service keeps what it cannot deliver. */
        @WithDefault("24h")
        Duration ttl();

        /** How long it is remembered that a message was notified, so that an event that comes again does not notify again. */
        @WithDefault("1h")
        Duration remember();
    }

    /** How deliveries that failed are tried again. */
    interface Retry {
        /** How often a delivery is tried in all. */
        @WithDefault("5")
        int tries();

        /** How long to wait after the first failure; three times as long after each further one. */
        @WithDefault("5s")
        Duration first();

        /** The longest wait. */
        @WithDefault("10m")
        Duration most();
    }

    /** What is remembered of other services' answers. */
    interface Cache {
        /** For how long. */
        @WithDefault("30s")
        Duration life();

        /** The members of how many channels. */
        @WithDefault("10000")
        int channels();
    }

    /** The key that browsers' push services know this suite by (RFC 8292). */
    interface Vapid {
        /** A PEM file with a P-256 private key in PKCS #8. Without it there is no Web Push. */
        Optional<Path> keyFile();

        /** Who runs this suite: a {@code mailto:} or {@code https:} URL. Goes with the key. */
        Optional<String> subject();
    }
}
