package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Creates the tables. That is idempotent, and safe when many processes start at once.
 *
 * <p>There is one table for each query. {@code epoch} is part of every key of a channel's rows: a
 * channel that is deleted and created again has other partitions. Rows with a {@code version} are
 * never changed. There is one for each state, and the newest that the channel's row covers counts
 * ({@link Version}).
 */
final class Schema {
    /** Grows with each change of the tables. */
    private static final long VERSION = 1;

    private static final String VERSION_KEY = "version";
    private static final String BUCKET_KEY = "bucket_size";

    private static final List<Table> TABLES = List.of(
            SettingTable.DEFINITION,
            ChannelTable.DEFINITION,
            EventTable.DEFINITION,
            MessageTable.DEFINITION,
            ReactionTable.DEFINITION,
            EditTable.DEFINITION,
            ClientIdTable.DEFINITION,
            MemberTable.DEFINITION,
            MarkTable.DEFINITION,
            ChannelOfTable.DEFINITION,
            MarkOfTable.DEFINITION,
            AuthoredTable.DEFINITION,
            AuthoredInTable.DEFINITION,
            ReactionOfTable.DEFINITION,
            MentionTable.DEFINITION,
            ChannelInTable.DEFINITION,
            DeletedChannelTable.DEFINITION,
            RetainedTable.DEFINITION,
            LeaseTable.DEFINITION,
            BlockTable.DEFINITION,
            ErasureTable.DEFINITION,
            ErasureToDoTable.DEFINITION);

    private final CassandraOptions options;
    private final SchemaSession session;
    private final SettingTable settings;

    Schema(CqlSession session, CassandraOptions options) {
        this.options = options;
        this.session = new SchemaSession(session, options.keyspace());
        this.settings = new SettingTable(this.session);
    }

    /** The schema is of a newer version of this service. */
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown(String message) {
            super(message);
        }
    }

    /**
     * Creates what is missing; returns the buckets that the keyspace was made with. Throws
     * {@link Unknown}. Blocks, seconds the first time.
     */
    Buckets ensure() {
        Set<String> columns = existingColumns();
        List<String> missing = missing(existingTables(), columns);
        if (!missing.isEmpty()) {
            // Else the driver reads the whole schema again after each statement.
            session.session().setSchemaMetadataEnabled(false);
            try {
                missing.forEach(session::execute);
            } finally {
                session.session().setSchemaMetadataEnabled(null);
            }
        }
        long version = settings.putIfAbsent(VERSION_KEY, VERSION);
        if (version > VERSION) {
            throw new Unknown("its tables are of version " + version + ", and this message-service knows " + VERSION
                    + ": run a newer one");
        }
        return new Buckets(settings.putIfAbsent(BUCKET_KEY, options.bucketSize()));
    }

    /**
     * When the keyspace was made or upgraded to this version, by the cluster's clock, in
     * milliseconds since 1970. Call it after {@link #ensure}. Blocks.
     */
    long birth() {
        return settings.birth();
    }

    /** The statements that create what is missing. */
    private List<String> missing(Set<String> tables, Set<String> columns) {
        List<String> statements = new ArrayList<>();
        if (tables.isEmpty()) {
            statements.add("create keyspace if not exists $ with replication = " + options.replication());
        }
        for (Table table : TABLES) {
            if (!tables.contains(table.name())) {
                statements.add(table.create(options.keyspace()));
                continue;
            }
            table.added().stream()
                    .filter(column -> !columns.contains(table.name() + "." + column.name()))
                    .forEach(column -> statements.add(table.add(options.keyspace(), column)));
        }
        return statements;
    }

    private Set<String> existingTables() {
        Set<String> tables = new HashSet<>();
        session.execute("select table_name from system_schema.tables where keyspace_name = ?", options.keyspace())
                .forEach(row -> tables.add(Columns.text(row, "table_name")));
        return tables;
    }

    private Set<String> existingColumns() {
        Set<String> columns = new HashSet<>();
        session.execute(
                        "select table_name, column_name from system_schema.columns where keyspace_name = ?",
                        options.keyspace())
                .forEach(row -> columns.add(Columns.text(row, "table_name") + "." + Columns.text(row, "column_name")));
        return columns;
    }
}
