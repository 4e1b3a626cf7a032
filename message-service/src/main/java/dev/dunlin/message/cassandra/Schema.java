package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatementBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The tables, one for each query. Making them is idempotent, and safe when many processes start at once: a table's id is made from its name, so that two nodes that are
 * asked for the same table at the same time make one and not two that disagree.
 *
 * <p>{@code epoch} is part of every key of a channel's rows: a channel that is deleted and made again has other partitions. Rows with a {@code version} are never changed:
 * there is one for each state, and the newest that is not beyond the channel row's is what counts ({@link Version}).
 */
final class Schema {
    /** Grows with each change of the tables. */
    private static final long VERSION = 1;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String VERSION_KEY = "version";
    private static final String BUCKET_KEY = "bucket_size";

    private static final Map<String, String> TABLES = new TreeMap<>(Map.ofEntries(
            Map.entry("schema_setting", "key text primary key, value bigint"),
            // The one row that makes everything else of a channel count.
            Map.entry(
                    "channel",
                    "name text primary key, epoch text, title text, head bigint, archived boolean, created bigint, active bigint,"
                            + " origin_partition int, origin_offset bigint, applied_partition int, applied_offset bigint, generation int,"
                            + " life text"),
            Map.entry(
                    "event",
                    "channel text, epoch text, bucket bigint, seq bigint, frame blob, version bigint, kafka_partition int,"
                            + " kafka_offset bigint, ts bigint, author text, primary key ((channel, epoch, bucket), seq))"
                            + " with clustering order by (seq desc"),
            Map.entry(
                    "message",
                    "channel text, epoch text, bucket bigint, seq bigint, version bigint, sender text, client_id text, ts bigint,"
                            + " data blob, reply_to bigint, edited bigint, deleted boolean, mentions text, kafka_partition int,"
                            + " kafka_offset bigint, primary key ((channel, epoch, bucket), seq, version))"
                            + " with clustering order by (seq desc, version desc"),
            Map.entry(
                    "reaction",
                    "channel text, epoch text, bucket bigint, target bigint, emoji text, user_id text, version bigint, gone boolean,"
                            + " seq bigint, ts bigint, kafka_partition int, kafka_offset bigint,"
                            + " primary key ((channel, epoch, bucket), target, emoji, user_id, version))"
                            + " with clustering order by (target desc, emoji asc, user_id asc, version desc"),
            // The events that are edits of a message: they lose their data with it.
            Map.entry(
                    "edit",
                    "channel text, epoch text, bucket bigint, target bigint, seq bigint,"
                            + " primary key ((channel, epoch, bucket), target, seq)"),
            Map.entry(
                    "client_id",
                    "channel text, epoch text, sender text, client_id text, seq bigint,"
                            + " primary key ((channel, epoch, sender, client_id), seq)) with clustering order by (seq desc"),
            Map.entry(
                    "member",
                    "channel text, epoch text, user_id text, version bigint, gone boolean, role text, since bigint, joined bigint, blocks boolean,"
                            + " kafka_partition int, kafka_offset bigint, primary key ((channel, epoch), user_id, version))"
                            + " with clustering order by (user_id asc, version desc"),
            Map.entry(
                    "mark",
                    "channel text, epoch text, user_id text, read_seq bigint, received_seq bigint, kafka_partition int,"
                            + " kafka_offset bigint, primary key ((channel, epoch), user_id)"),
            // From users to channels.
            Map.entry(
                    "channel_of",
                    "user_id text, channel text, epoch text, version bigint, gone boolean, role text, since bigint,"
                            + " primary key ((user_id), channel, epoch, version))"
                            + " with clustering order by (channel asc, epoch asc, version desc"),
            Map.entry("mark_of", "user_id text, channel text, epoch text, primary key ((user_id), channel, epoch)"),
            Map.entry(
                    "authored",
                    "channel text, epoch text, author text, bucket bigint, seq bigint,"
                            + " primary key ((channel, epoch, author, bucket), seq)"),
            Map.entry(
                    "authored_in",
                    "user_id text, channel text, epoch text, bucket bigint,"
                            + " primary key ((user_id), channel, epoch, bucket)"),
            Map.entry(
                    "reaction_of",
                    "user_id text, channel text, epoch text, target bigint, emoji text, version bigint, gone boolean, ts bigint,"
                            + " primary key ((user_id), channel, epoch, target, emoji, version))"
                            + " with clustering order by (channel asc, epoch asc, target asc, emoji asc, version desc"),
            Map.entry(
                    "mention",
                    "user_id text, channel text, epoch text, seq bigint, version bigint, gone boolean, sender text,"
                            + " primary key ((user_id, channel, epoch), seq, version))"
                            + " with clustering order by (seq desc, version desc"),
            // For the background: the channels of a namespace, those that are deleted, and how far retention has come.
            Map.entry("channel_in", "namespace text, shard int, name text, primary key ((namespace, shard), name)"),
            Map.entry("deleted_channel", "part text, name text, epoch text, primary key ((part), name, epoch)"),
            Map.entry(
                    "retained",
                    "channel text, epoch text, first_seq bigint, ids_seq bigint, primary key ((channel, epoch))"),
            // Written with the clock's timestamps, unlike all others.
            Map.entry("lease", "name text primary key, holder text"),
            Map.entry("block", "user_id text, blocked text, since bigint, primary key ((user_id), blocked)"),
            Map.entry(
                    "erasure",
                    "user_id text primary key, requested bigint, finished bigint, messages bigint, reactions bigint, channels bigint"),
            Map.entry(
                    "erasure_to_do",
                    "part text, requested bigint, user_id text, primary key ((part), requested, user_id)")));

    /** Columns that tables of older versions lack. */
    private static final List<Added> ADDED = List.of(
            new Added("member", "joined", "bigint"),
            new Added("member", "blocks", "boolean"),
            new Added("mention", "sender", "text"));

    private final CqlSession session;
    private final CassandraOptions options;

    Schema(CqlSession session, CassandraOptions options) {
        this.session = session;
        this.options = options;
    }

    private record Added(String table, String column, String type) {}

    /** The schema is of a newer version of this service. */
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown(String message) {
            super(message);
        }
    }

    /** Makes what is missing; returns the buckets that the keyspace was made with. Throws {@link Unknown}. Blocks, seconds the first time. */
    Buckets ensure() {
        Set<String> existing = existing();
        List<Added> missing = missing(existing);
        if (!existing.containsAll(TABLES.keySet()) || !missing.isEmpty()) {
            session.setSchemaMetadataEnabled(false); // else the driver reads it all again after each statement
            try {
                create(existing);
                missing.forEach(this::add);
            } finally {
                session.setSchemaMetadataEnabled(null);
            }
        }
        long version = setting(VERSION_KEY, VERSION);
        if (version > VERSION) {
            throw new Unknown("its tables are of version " + version + ", and this message-service knows " + VERSION
                    + ": run a newer one");
        }
        return new Buckets(setting(BUCKET_KEY, options.bucketSize()));
    }

    /**
     * When the keyspace was made or upgraded to this version, by the cluster's clock, in
     * milliseconds since 1970. Call it after {@link #ensure}. Blocks.
     */
    long birth() {
        String settings = options.keyspace() + ".schema_setting";
        session.execute(statement("insert into " + settings
                        + " (key, value) values ('birth', toUnixTimestamp(now())) if not exists")
                .build());
        Row row = session.execute(statement("select value from " + settings + " where key = 'birth'")
                        .build())
                .one();
        if (row == null) {
            throw new IllegalStateException("the keyspace has no birth");
        }
        return row.getLong("value");
    }

    private void create(Set<String> existing) {
        String keyspace = options.keyspace();
        if (existing.isEmpty()) {
            session.execute(statement("create keyspace if not exists " + keyspace + " with replication = "
                            + options.replication())
                    .build());
        }
        TABLES.forEach((table, definition) -> {
            if (!existing.contains(table)) {
                session.execute(statement("create table if not exists %s.%s (%s)%sid = %s"
                                .formatted(
                                        keyspace,
                                        table,
                                        definition,
                                        definition.contains(") with ") ? " and " : " with ",
                                        id(table)))
                        .build());
            }
        });
    }

    /** Idempotent, also when several processes do it at once. */
    private void add(Added added) {
        session.execute(statement("alter table %s.%s add if not exists %s %s"
                        .formatted(options.keyspace(), added.table(), added.column(), added.type()))
                .build());
    }

    private List<Added> missing(Set<String> existing) {
        Set<String> columns = new HashSet<>();
        session.execute(statement("select table_name, column_name from system_schema.columns where keyspace_name = ?")
                        .addPositionalValue(options.keyspace())
                        .build())
                .forEach(row -> columns.add(Columns.text(row, "table_name") + "." + Columns.text(row, "column_name")));
        return ADDED.stream()
                .filter(added ->
                        existing.contains(added.table()) && !columns.contains(added.table() + "." + added.column()))
                .toList();
    }

    private Set<String> existing() {
        Set<String> tables = new HashSet<>();
        session.execute(statement("select table_name from system_schema.tables where keyspace_name = ?")
                        .addPositionalValue(options.keyspace())
                        .build())
                .forEach(row -> tables.add(Columns.text(row, "table_name")));
        return tables;
    }

    private UUID id(String table) {
        return UUID.nameUUIDFromBytes((options.keyspace() + '.' + table).getBytes(StandardCharsets.UTF_8));
    }

    /** The first to start decides. Once a start, and not for messages, so a lightweight transaction may do it. */
    private long setting(String key, long value) {
        Row row = session.execute(statement("insert into " + options.keyspace()
                                + ".schema_setting (key, value) values (?, ?) if not exists")
                        .addPositionalValues(key, value)
                        .build())
                .one();
        return row == null || row.getBoolean("[applied]") ? value : row.getLong("value");
    }

    private static SimpleStatementBuilder statement(String cql) {
        return SimpleStatement.builder(cql).setTimeout(PATIENCE);
    }
}
