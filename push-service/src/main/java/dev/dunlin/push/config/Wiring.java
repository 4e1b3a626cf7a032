package dev.dunlin.push.config;

import dev.dunlin.push.channel.CachedChannels;
import dev.dunlin.push.channel.Channels;
import dev.dunlin.push.channel.Texts;
import dev.dunlin.push.channel.Unreads;
import dev.dunlin.push.channel.http.HttpChannels;
import dev.dunlin.push.channel.http.HttpTexts;
import dev.dunlin.push.channel.http.HttpUnreads;
import dev.dunlin.push.channel.http.MessageServiceClient;
import dev.dunlin.push.decision.Decision;
import dev.dunlin.push.device.DeviceLimits;
import dev.dunlin.push.device.Devices;
import dev.dunlin.push.device.postgres.PostgresDevices;
import dev.dunlin.push.endpoint.EndpointGuard;
import dev.dunlin.push.event.Decider;
import dev.dunlin.push.explain.Explanations;
import dev.dunlin.push.explain.postgres.PostgresExplanations;
import dev.dunlin.push.member.Followed;
import dev.dunlin.push.member.Membership;
import dev.dunlin.push.member.postgres.PostgresMembers;
import dev.dunlin.push.postgres.Database;
import dev.dunlin.push.preference.PreferencesStore;
import dev.dunlin.push.preference.postgres.PostgresPreferences;
import dev.dunlin.push.presence.Presences;
import dev.dunlin.push.schedule.Pending;
import dev.dunlin.push.schedule.micrometer.MeteredJournal;
import dev.dunlin.push.schedule.postgres.PostgresPending;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Wires the features, except deliveries: see {@link DeliveryWiring}. */
final class Wiring {
    /** While it is not known whether a user is there, or message-service does not answer. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Database database(DataSource source) {
        return new Database(source);
    }

    @Produces
    @Singleton
    Devices devices(Database database, PushConfig config) {
        return new PostgresDevices(
                database,
                new DeviceLimits(
                        config.devicesPerUser(),
                        config.deviceBytesPerUser(),
                        config.webhook().notFoundLimit(),
                        config.webhook().notFoundTime()));
    }

    @Produces
    @Singleton
    PreferencesStore preferences(Database database) {
        return new PostgresPreferences(database);
    }

    @Produces
    @Singleton
    Explanations explanations(Database database) {
        return new PostgresExplanations(database);
    }

    @Produces
    @Singleton
    Pending pending(Database database, PushConfig config) {
        return new PostgresPending(database, config.collapse());
    }

    @Produces
    @Singleton
    Channels channels(@RestClient MessageServiceClient client, PushConfig config, Clock clock) {
        return new CachedChannels(new HttpChannels(client), config.cache().life(), clock);
    }

    @Produces
    @Singleton
    Membership membership(Database database, Channels channels) {
        return new Membership(new PostgresMembers(database), channels);
    }

    @Produces
    @Singleton
    Followed followed(Membership membership) {
        return new Followed(membership);
    }

    @Produces
    @Singleton
    Texts texts(@RestClient MessageServiceClient client) {
        return new HttpTexts(client);
    }

    @Produces
    @Singleton
    Unreads unreads(@RestClient MessageServiceClient client) {
        return new HttpUnreads(client);
    }

    @Produces
    @Singleton
    Decision decision(PushConfig config) {
        return new Decision(config.awayAfter(), config.maxAge(), ASK_AGAIN);
    }

    @Produces
    @Singleton
    EndpointGuard endpointGuard(PushConfig config) {
        return new EndpointGuard(
                InetAddress::getAllByName,
                config.allowPrivateAddresses(),
                config.proxy().url().isPresent());
    }

    @Produces
    @Singleton
    MeteredJournal journal(MeterRegistry metrics) {
        return new MeteredJournal(metrics);
    }

    @Produces
    @Singleton
    Decider decider(
            Channels channels,
            Membership membership,
            Presences presences,
            Pending pending,
            Decision decision,
            Clock clock,
            PushConfig config,
            MeteredJournal journal) {
        return new Decider(channels, membership, presences, pending, decision, clock, config.delay(), journal);
    }
}
