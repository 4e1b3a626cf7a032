package dev.dunlin.message.postgres;

import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.history.History;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.store.MessageStore;
import javax.sql.DataSource;

/** Everything in one PostgreSQL database; its tables are those of {@code db/migration}. */
public record PostgresStore(ChannelLog log, ChannelDirectory directory, History history, Memberships memberships)
        implements MessageStore {
    /** The ports share the pool of {@code dataSource}. */
    public static PostgresStore over(DataSource dataSource) {
        return new PostgresStore(
                new PostgresChannelLog(dataSource),
                new PostgresChannelDirectory(dataSource),
                new PostgresHistory(dataSource),
                new PostgresMemberships(dataSource));
    }
}
