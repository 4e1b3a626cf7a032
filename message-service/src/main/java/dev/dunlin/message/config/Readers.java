package dev.dunlin.message.config;

import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.message.channel.Channels;
import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.history.History;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.message.postgres.PostgresChannelDirectory;
import dev.dunlin.message.postgres.PostgresHistory;
import dev.dunlin.message.postgres.PostgresMemberships;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Wires what reads the log. */
final class Readers {
    @Produces
    @Singleton
    ChannelDirectory directory(AgroalDataSource dataSource) {
        return new PostgresChannelDirectory(dataSource);
    }

    @Produces
    @Singleton
    Channels channels(Namespaces namespaces, ChannelDirectory directory, CommandGateway gateway) {
        return new Channels(namespaces, directory, gateway);
    }

    @Produces
    @Singleton
    Memberships memberships(AgroalDataSource dataSource) {
        return new PostgresMemberships(dataSource);
    }

    @Produces
    @Singleton
    History history(AgroalDataSource dataSource) {
        return new PostgresHistory(dataSource);
    }
}
