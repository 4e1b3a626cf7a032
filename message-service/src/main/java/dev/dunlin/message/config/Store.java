package dev.dunlin.message.config;

import dev.dunlin.message.cassandra.CassandraStore;
import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.history.History;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.postgres.PostgresStore;
import dev.dunlin.message.search.Search;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.userdata.Erasures;
import dev.dunlin.message.userdata.UserData;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Wires the store that {@code dunlin.store} names, and its ports. The beans of the other store are
 * not looked up, since they would fail or connect.
 */
final class Store {
    @Produces
    @Singleton
    MessageStore store(
            StoreSettings settings,
            CassandraSettings cassandra,
            @Any Instance<AgroalDataSource> dataSource,
            MeterRegistry metrics) {
        return switch (settings.kind()) {
            case POSTGRES -> PostgresStore.over(dataSource.get());
            case CASSANDRA -> {
                CassandraStore store = CassandraStore.open(cassandra.options());
                Gauge.builder("dunlin.cassandra.requests", store, CassandraStore::inFlight)
                        .description("Requests to Cassandra that are in flight")
                        .register(metrics);
                yield store;
            }
        };
    }

    void close(@Disposes MessageStore store) {
        if (store instanceof CassandraStore cassandra) {
            cassandra.close();
        }
    }

    @Produces
    @Singleton
    ChannelLog log(MessageStore store) {
        return store.log();
    }

    @Produces
    @Singleton
    ChannelDirectory directory(MessageStore store) {
        return store.directory();
    }

    @Produces
    @Singleton
    History history(MessageStore store) {
        return store.history();
    }

    @Produces
    @Singleton
    Memberships memberships(MessageStore store) {
        return store.memberships();
    }

    @Produces
    @Singleton
    Search search(MessageStore store) {
        return store.search();
    }

    @Produces
    @Singleton
    UserData userData(MessageStore store) {
        return store.userData();
    }

    @Produces
    @Singleton
    Contacts contacts(MessageStore store) {
        return store.contacts();
    }

    @Produces
    @Singleton
    Erasures erasures(MessageStore store) {
        return store.erasures();
    }
}
