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

/** Everything in one keyspace of a Cassandra cluster. */
public final class CassandraStore implements MessageStore, AutoCloseable {
    private static final String PING = "select key from system.local";

    private final Connection connection;
    private final Cql cql;

    private CassandraStore(Connection connection, Cql cql) {
        this.connection = connection;
        this.cql = cql;
    }

    /** Begins to connect, and makes the tables when it is connected; returns at once. Until then every call fails as it does when the cluster is away. */
    public static CassandraStore open(CassandraOptions options) {
        Connection connection = Connection.open(options);
        return new CassandraStore(connection, new Cql(connection, options));
    }

    @Override
    public ChannelLog log() {
        return new CassandraChannelLog(cql);
    }

    @Override
    public ChannelDirectory directory() {
        return new CassandraChannelDirectory(cql);
    }

    @Override
    public History history() {
        return new CassandraHistory(cql);
    }

    @Override
    public Memberships memberships() {
        return new CassandraMemberships(cql);
    }

    /** Cassandra has no full text search that would do. */
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
        return new CassandraExpiredRows(cql);
    }

    @Override
    public DeletedChannels deletedChannels() {
        return new CassandraDeletedChannels(cql);
    }

    @Override
    public UserData userData() {
        return new CassandraUserData(cql);
    }

    @Override
    public Erasures erasures() {
        return new CassandraErasures(cql);
    }

    @Override
    public Contacts contacts() {
        return new CassandraContacts(cql);
    }

    @Override
    public OneAtATime oneAtATime() {
        return new CassandraOneAtATime(cql);
    }

    /** Asks a node for an answer; throws {@link dev.dunlin.message.command.StoreFailure} if there is none. Blocks. */
    public void ping() {
        cql.first(cql.bind(PING));
    }

    /** Requests that are under way. */
    public int inFlight() {
        return cql.inFlight();
    }

    /** For tests that stop in the middle of a write. */
    Cql cql() {
        return cql;
    }

    @Override
    public void close() {
        connection.close();
    }
}
