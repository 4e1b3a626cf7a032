package dev.dunlin.message.cassandra;

import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.testing.ChannelLogContract;
import org.junit.jupiter.api.extension.ExtendWith;

@BesideQuarkus
@ExtendWith(CassandraExtension.class)
class CassandraChannelLogIT extends ChannelLogContract {
    private final CassandraStore store;

    CassandraChannelLogIT(CassandraStore store) {
        this.store = store;
    }

    @Override
    protected ChannelLog log() {
        return store.log();
    }
}
