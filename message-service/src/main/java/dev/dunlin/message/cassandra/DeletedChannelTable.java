package dev.dunlin.message.cassandra;

import dev.dunlin.message.purge.DeletedChannels;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import java.util.List;

/** Table {@code deleted_channel}: the channels whose rows are still to be removed. */
final class DeletedChannelTable {
    static final Table DEFINITION =
            new Table("deleted_channel", "part text, name text, epoch text, primary key ((part), name, epoch)");

    private static final String INSERT =
            "insert into $.deleted_channel (part, name, epoch) values ('all', ?, ?) using timestamp ?";
    private static final String REMOVE =
            "delete from $.deleted_channel using timestamp ? where part = 'all' and name = ? and epoch = ?";
    private static final String LIST = "select name, epoch from $.deleted_channel where part = 'all' limit ?";

    private final Cql cql;

    DeletedChannelTable(Cql cql) {
        this.cql = cql;
    }

    Write insert(ChannelRow channel) {
        return new Write(
                partition(), cql.bind(INSERT, channel.name(), channel.epoch(), Version.timestamp(channel.version())));
    }

    /** {@code epoch} is that of the deleted channel, which may have been created again since. */
    Write remove(ChannelRow channel, Epoch epoch) {
        return new Write(
                partition(), cql.bind(REMOVE, Version.timestamp(channel.version()), channel.name(), epoch.value()));
    }

    List<DeletedChannels.Deleted> list(int limit) {
        return cql.read(
                cql.bind(LIST, limit),
                row -> new DeletedChannels.Deleted(
                        new ChannelName(Columns.text(row, "name")), new Epoch(Columns.text(row, "epoch"))));
    }

    private static Partition partition() {
        return Partition.of("deleted_channel");
    }
}
