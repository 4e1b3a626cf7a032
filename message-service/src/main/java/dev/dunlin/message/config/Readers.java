package dev.dunlin.message.config;

import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.message.channel.Channels;
import dev.dunlin.message.command.Bus;
import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.contact.Blocks;
import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.contact.Related;
import dev.dunlin.message.invite.DailyCounts;
import dev.dunlin.message.invite.Invitations;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.message.redis.RedisDailyCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Wires what reads the log. */
final class Readers {
    @Produces
    @Singleton
    Channels channels(Namespaces namespaces, ChannelDirectory directory) {
        return new Channels(namespaces, directory);
    }

    @Produces
    @Singleton
    Invitations invitations(Contacts contacts, DailyCounts counts, LimitSettings limits, InstantSource clock) {
        return new Invitations(
                contacts,
                counts,
                Settings.positive("dunlin.limits.groups-per-day", limits.groupsPerDay()),
                Settings.positive("dunlin.limits.memberships-per-day", limits.membershipsPerDay()),
                clock);
    }

    @Produces
    @Singleton
    DailyCounts dailyCounts(Redis redis, CommandSettings commands, MeterRegistry metrics) {
        Counter uncounted = Counter.builder("dunlin.limits.uncounted")
                .description("Requests whose daily limits were not checked because Redis did not answer")
                .register(metrics);
        return new RedisDailyCounts(redis, commands.busTimeout(), uncounted);
    }

    @Produces
    @Singleton
    Blocks blocks(
            Contacts contacts,
            Namespaces namespaces,
            CommandGateway gateway,
            LimitSettings limits,
            InstantSource clock,
            Bus bus) {
        return new Blocks(
                contacts, namespaces, gateway, Settings.positive("dunlin.limits.blocks", limits.blocks()), clock, bus);
    }

    @Produces
    @Singleton
    Related related(Contacts contacts, Memberships memberships, Namespaces namespaces) {
        return new Related(contacts, memberships, namespaces);
    }
}
