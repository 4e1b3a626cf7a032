package dev.dunlin.message.cassandra;

import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.testing.HistoryContract;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CassandraExtension.class)
class CassandraHistoryIT extends HistoryContract {
    private final CassandraStore store;

    CassandraHistoryIT(CassandraStore store) {
        this.store = store;
    }

    @Override
    protected MessageStore store() {
        return store;
    }
}
