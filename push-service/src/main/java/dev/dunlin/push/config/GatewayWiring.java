package dev.dunlin.push.config;

import dev.dunlin.push.delivery.KeyFile;
import dev.dunlin.push.delivery.apns.ApnsDelivery;
import dev.dunlin.push.delivery.apns.ApnsHosts;
import dev.dunlin.push.delivery.apns.ApnsKey;
import dev.dunlin.push.delivery.fcm.FcmDelivery;
import dev.dunlin.push.delivery.fcm.ServiceAccount;
import dev.dunlin.push.delivery.micrometer.KeyAges;
import dev.dunlin.push.delivery.vertx.VertxProviderClient;
import dev.dunlin.push.provider.GuardedProviders;
import dev.dunlin.push.provider.ProviderLimits;
import dev.dunlin.push.provider.micrometer.ProviderMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Wires the gateways to push providers, and their limits. */
final class GatewayWiring {
    private static final int MOST_ORIGINS = 10_000;

    /** The gateways that are configured. */
    record Gateways(Optional<ApnsDelivery> apns, Optional<FcmDelivery> fcm) {}

    @Produces
    @Singleton
    GuardedProviders providers(PushConfig config, Clock clock, SecureRandom random, MeterRegistry metrics) {
        PushConfig.Providers limits = config.providers();
        GuardedProviders providers = new GuardedProviders(
                new ProviderLimits(
                        limits.concurrency(),
                        limits.concurrencyEndpoint(),
                        GatewayCheck.services(limits.services()),
                        limits.failures(),
                        MOST_ORIGINS),
                clock,
                random);
        ProviderMeters.register(providers, metrics);
        return providers;
    }

    @Produces
    @Singleton
    Gateways gateways(PushConfig config, Vertx vertx, Clock clock, MeterRegistry metrics) {
        return new Gateways(
                config.apns().keyFile().map(file -> apns(file, config, vertx, clock, metrics)),
                config.fcm().serviceAccountFile().map(file -> fcm(file, config, vertx, clock, metrics)));
    }

    private static ApnsDelivery apns(Path file, PushConfig config, Vertx vertx, Clock clock, MeterRegistry metrics) {
        PushConfig.Apns apns = config.apns();
        GatewayCheck.check(apns);
        Duration timeout = config.delivery().timeout();
        KeyFile<ApnsKey> keys =
                read("apns.key-file", file, (real, text) -> ApnsKey.of(real, text, apns.keyId()), clock);
        KeyAges.register("apns", keys::modified, clock, metrics);
        return new ApnsDelivery(
                keys,
                new ApnsDelivery.Settings(
                        apns.teamId().orElseThrow(),
                        apns.topics().orElse(Set.of()),
                        new ApnsHosts(apns.host(), apns.sandboxHost()),
                        config.delivery().ttl()),
                () -> new VertxProviderClient(
                        vertx, timeout, apns.connections(), config.providers().concurrency(), apns.trustFile()),
                clock);
    }

    private static FcmDelivery fcm(Path file, PushConfig config, Vertx vertx, Clock clock, MeterRegistry metrics) {
        PushConfig.Fcm fcm = config.fcm();
        GatewayCheck.check(fcm);
        KeyFile<ServiceAccount> accounts = read("fcm.service-account-file", file, ServiceAccount::of, clock);
        KeyAges.register("fcm", accounts::modified, clock, metrics);
        return new FcmDelivery(
                accounts,
                new FcmDelivery.Settings(fcm.host(), config.delivery().ttl(), fcm.androidChannel()),
                new VertxProviderClient(
                        vertx,
                        config.delivery().timeout(),
                        fcm.connections(),
                        config.providers().concurrency(),
                        fcm.trustFile()),
                clock);
    }

    private static <T> KeyFile<T> read(String key, Path file, KeyFile.Parser<T> parser, Clock clock) {
        try {
            return new KeyFile<>(file, parser, clock);
        } catch (IOException | IllegalArgumentException e) {
            throw ConfigCheck.refuse(key, file, "a readable file of the provider: " + e.getMessage());
        }
    }
}
