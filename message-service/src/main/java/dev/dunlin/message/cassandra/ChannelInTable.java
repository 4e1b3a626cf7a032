package dev.dunlin.message.cassandra;

import dev.dunlin.protocol.ChannelName;
import java.util.List;

/**
 * Table {@code channel_in}: the channels of a namespace, for work in the background. They are
 * spread over {@link #SHARDS} partitions, so that none holds all of them.
 */
final class ChannelInTable {
    static final int SHARDS = 64;

    static final Table DEFINITION =
            new Table("channel_in", "namespace text, shard int, name text, primary key ((namespace, shard), name)");

    private static final String INSERT =
            "insert into $.channel_in (namespace, shard, name) values (?, ?, ?) using timestamp ?";
    private static final String AFTER =
            "select name from $.channel_in where namespace = ? and shard = ? and name > ? limit ?";

    private final Cql cql;

    ChannelInTable(Cql cql) {
        this.cql = cql;
    }

    /** The hash of a string is fixed by the language's specification. */
    static int shardOf(ChannelName channel) {
        return Math.floorMod(channel.value().hashCode(), SHARDS);
    }

    Write insert(ChannelRow channel) {
        ChannelName name = channel.state().name();
        int shard = shardOf(name);
        return new Write(
                Partition.of("channel_in", name.namespace(), shard),
                cql.bind(INSERT, name.namespace(), shard, name.value(), Version.timestamp(channel.version())));
    }

    /** At most {@code limit} channels of a shard, by name. */
    List<ChannelName> after(String namespace, int shard, String name, int limit) {
        return cql.read(
                cql.bind(AFTER, namespace, shard, name, limit),
                limit,
                row -> new ChannelName(Columns.text(row, "name")),
                channel -> false);
    }
}
