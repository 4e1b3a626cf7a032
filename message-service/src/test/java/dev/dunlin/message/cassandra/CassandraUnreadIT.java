package dev.dunlin.message.cassandra;

import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.testing.UnreadContract;
import org.junit.jupiter.api.extension.ExtendWith;

@BesideQuarkus
@ExtendWith(CassandraExtension.class)
class CassandraUnreadIT extends UnreadContract {
    private final CassandraStore store;

    CassandraUnreadIT(CassandraStore store) {
        this.store = store;
    }

    @Override
    protected MessageStore store() {
        return store;
    }
}
