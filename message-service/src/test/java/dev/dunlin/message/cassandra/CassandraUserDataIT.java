package dev.dunlin.message.cassandra;

import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.testing.UserDataContract;
import org.junit.jupiter.api.extension.ExtendWith;

@BesideQuarkus
@ExtendWith(CassandraExtension.class)
class CassandraUserDataIT extends UserDataContract {
    private final CassandraStore store;

    CassandraUserDataIT(CassandraStore store) {
        this.store = store;
    }

    @Override
    protected MessageStore store() {
        return store;
    }
}
