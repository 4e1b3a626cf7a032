package dev.dunlin.message.cassandra;

import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.contact.Contacts;
import dev.dunlin.message.history.History;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.message.purge.DeletedChannels;
import dev.dunlin.message.retention.ExpiredRows;
import dev.dunlin.message.search.Search;
import dev.dunlin.message.search.SearchIndex;
import dev.dunlin.message.store.MessageStore;
import dev.dunlin.message.upkeep.OneAtATime;
import dev.dunlin.message.userdata.Erasures;
import dev.dunlin.message.userdata.UserData;

/**
 * The store in one keyspace of a Cassandra cluster. The process owns one and closes it.
 * Thread-safe; calls block.
 */
public final class CassandraStore implements MessageStore, AutoCloseable {
    private static final String PING = "select key from system.local";

    private final Connection connection;
    private final Cql cql;
    private final Tables tables;

    private CassandraStore(Connection connection, Cql cql) {
        this.connection = connection;
        this.cql = cql;
        this.tables = Tables.over(cql);
    }

    /**
     * Begins to connect, and creates the tables when it is connected; returns at once. Until then
     * every call fails as it does when the cluster is unreachable.
     */
    public static CassandraStore open(CassandraOptions options) {
        Connection connection = Connection.open(options);
        return new CassandraStore(connection, new Cql(connection, options));
    }

    @Override
    public ChannelLog log() {
        return new CassandraChannelLog(tables);
    }

    @Override
    public ChannelDirectory directory() {
        return new CassandraChannelDirectory(tables);
    }

    @Override
    public History history() {
        return new CassandraHistory(tables);
    }

    @Override
    public Memberships memberships() {
        return new CassandraMemberships(tables);
    }

    /** Cassandra has no suitable full text search. */
    @Override
    public Search search() {
        return Search.unsupported();
    }

    @Override
    public SearchIndex searchIndex() {
        return SearchIndex.none();
    }

    @Override
    public ExpiredRows expiredRows() {
        return new CassandraExpiredRows(tables);
    }

    @Override
    public DeletedChannels deletedChannels() {
        return new CassandraDeletedChannels(tables);
    }

    @Override
    public UserData userData() {
        return new CassandraUserData(tables);
    }

    @Override
    public Erasures erasures() {
        return new CassandraErasures(tables);
    }

    @Override
    public Contacts contacts() {
        return new CassandraContacts(tables);
    }

    @Override
    public OneAtATime oneAtATime() {
        return new CassandraOneAtATime(tables);
    }

    /**
     * Sends a query; throws {@link dev.dunlin.message.command.StoreFailure} without an answer.
     * Blocks.
     */
    public void ping() {
        cql.first(cql.bind(PING));
    }

    /** Requests that are in flight. */
    public int inFlight() {
        return cql.inFlight();
    }

    /** For tests that stop in the middle of a write. */
    Tables tables() {
        return tables;
    }

    @Override
    public void close() {
        connection.close();
    }
}
