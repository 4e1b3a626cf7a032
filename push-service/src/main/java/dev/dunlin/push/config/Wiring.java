package dev.dunlin.push.config;

import dev.dunlin.push.channel.CachedChannels;
import dev.dunlin.push.channel.Channels;
import dev.dunlin.push.channel.Texts;
import dev.dunlin.push.channel.http.HttpChannels;
import dev.dunlin.push.channel.http.HttpTexts;
import dev.dunlin.push.channel.http.MessageServiceClient;
import dev.dunlin.push.decision.Decider;
import dev.dunlin.push.device.DeviceLimits;
import dev.dunlin.push.device.Devices;
import dev.dunlin.push.device.postgres.PostgresDevices;
import dev.dunlin.push.endpoint.EndpointGuard;
import dev.dunlin.push.postgres.Database;
import dev.dunlin.push.presence.Presences;
import dev.dunlin.push.schedule.Pending;
import dev.dunlin.push.schedule.micrometer.MeteredJournal;
import dev.dunlin.push.schedule.postgres.PostgresPending;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import javax.sql.DataSource;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Wires the features, except deliveries: see {@link DeliveryWiring}. */
final class Wiring {
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
    Pending pending(Database database) {
        return new PostgresPending(database);
    }

    @Produces
    @Singleton
    Channels channels(@RestClient MessageServiceClient client, PushConfig config, Clock clock) {
        return new CachedChannels(
                new HttpChannels(client, config.maxMembers()),
                config.cache().channels(),
                config.cache().life(),
                clock);
    }

    @Produces
    @Singleton
    Texts texts(@RestClient MessageServiceClient client) {
        return new HttpTexts(client);
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
            Channels channels, Devices devices, Presences presences, Pending pending, Clock clock, PushConfig config) {
        return new Decider(channels, devices, presences, pending, clock, config.delay(), config.maxAge());
    }
}
