package dev.dunlin.message.cassandra;

import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.testing.ContactsContract;
import org.junit.jupiter.api.extension.ExtendWith;

@BesideQuarkus
@ExtendWith(CassandraExtension.class)
class CassandraContactsIT extends ContactsContract {
    private final CassandraStore store;

    CassandraContactsIT(CassandraStore store) {
        this.store = store;
    }

    @Override
    protected MessageStore store() {
        return store;
    }
}
