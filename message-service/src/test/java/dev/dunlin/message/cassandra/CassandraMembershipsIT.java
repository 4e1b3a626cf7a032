package dev.dunlin.message.cassandra;

import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.testing.MembershipsContract;
import org.junit.jupiter.api.extension.ExtendWith;

@BesideQuarkus
@ExtendWith(CassandraExtension.class)
class CassandraMembershipsIT extends MembershipsContract {
    private final CassandraStore store;

    CassandraMembershipsIT(CassandraStore store) {
        this.store = store;
    }

    @Override
    protected MessageStore store() {
        return store;
    }
}
