package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;

/**
 * Table {@code schema_setting}: what a keyspace was made with. The first process to start decides.
 */
final class SettingTable {
    static final Table DEFINITION = new Table("schema_setting", "key text primary key, value bigint");

    private static final String BIRTH =
            "insert into $.schema_setting (key, value) values ('birth', toUnixTimestamp(now())) if not exists";
    private static final String FIND_BIRTH = "select value from $.schema_setting where key = 'birth'";
    private static final String PUT = "insert into $.schema_setting (key, value) values (?, ?) if not exists";

    private final SchemaSession session;

    SettingTable(SchemaSession session) {
        this.session = session;
    }

    /**
     * Stores a value unless there is one; returns the one that is stored. A lightweight
     * transaction, once a start.
     */
    long putIfAbsent(String key, long value) {
        Row row = session.execute(PUT, key, value).one();
        return row == null || row.getBoolean("[applied]") ? value : row.getLong("value");
    }

    /** When this was called first, by the cluster's clock, in milliseconds since 1970. */
    long birth() {
        session.execute(BIRTH);
        Row row = session.execute(FIND_BIRTH).one();
        if (row == null) {
            throw new IllegalStateException("the keyspace has no birth");
        }
        return row.getLong("value");
    }
}
