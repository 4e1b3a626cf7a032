package dev.dunlin.message.cassandra;

import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.testing.DeletedChannelsContract;
import org.junit.jupiter.api.extension.ExtendWith;

@BesideQuarkus
@ExtendWith(CassandraExtension.class)
class CassandraDeletedChannelsIT extends DeletedChannelsContract {
    private final CassandraStore store;

    CassandraDeletedChannelsIT(CassandraStore store) {
        this.store = store;
    }

    @Override
    protected MessageStore store() {
        return store;
    }
}
