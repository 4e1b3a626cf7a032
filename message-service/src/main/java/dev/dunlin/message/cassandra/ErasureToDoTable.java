package dev.dunlin.message.cassandra;

import dev.dunlin.protocol.UserId;
import java.util.List;

/**
 * Table {@code erasure_to_do}: the erasures that are not finished. Written with the clock's
 * timestamps.
 */
final class ErasureToDoTable {
    static final Table DEFINITION = new Table(
            "erasure_to_do", "part text, requested bigint, user_id text, primary key ((part), requested, user_id)");

    private static final String SELECT = "select requested, user_id from $.erasure_to_do where part = 'all' limit 100";
    private static final String INSERT = "insert into $.erasure_to_do (part, requested, user_id) values ('all', ?, ?)";
    private static final String REMOVE =
            "delete from $.erasure_to_do where part = 'all' and requested = ? and user_id = ?";

    private final Cql cql;

    ErasureToDoTable(Cql cql) {
        this.cql = cql;
    }

    /** @param requested milliseconds since 1970 */
    record Entry(long requested, UserId user) {}

    /** The oldest requests, up to 100. */
    List<Entry> oldest() {
        return cql.read(cql.bind(SELECT), row -> new Entry(row.getLong("requested"), Columns.user(row)));
    }

    void insert(Entry entry) {
        cql.execute(cql.bind(INSERT, entry.requested(), entry.user().value()));
    }

    void remove(Entry entry) {
        cql.execute(cql.bind(REMOVE, entry.requested(), entry.user().value()));
    }
}
