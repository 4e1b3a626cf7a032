package dev.dunlin.message.cassandra;

import dev.dunlin.message.sequencer.MessageState;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.UserId;

/** Table {@code client_id}: messages by what their senders called them. */
final class ClientIdTable {
    static final Table DEFINITION = new Table(
            "client_id",
            "channel text, epoch text, sender text, client_id text, seq bigint,"
                    + " primary key ((channel, epoch, sender, client_id), seq)) with clustering order by (seq desc");

    private static final String INSERT = "insert into $.client_id (channel, epoch, sender, client_id, seq)"
            + " values (?, ?, ?, ?, ?) using timestamp ?";
    private static final String REMOVE = "delete from $.client_id using timestamp ?"
            + " where channel = ? and epoch = ? and sender = ? and client_id = ? and seq = ?";
    private static final String SEQ = "select seq from $.client_id"
            + " where channel = ? and epoch = ? and sender = ? and client_id = ? and seq <= ? limit 1";

    private final Cql cql;

    ClientIdTable(Cql cql) {
        this.cql = cql;
    }

    Write insert(ChannelRow channel, long seq, MessageState message) {
        return new Write(
                partition(channel, message.sender(), message.id()),
                cql.bind(
                        INSERT,
                        channel.name(),
                        channel.epoch(),
                        message.sender().value(),
                        message.id().value(),
                        seq,
                        Version.timestamp(channel.version())));
    }

    Write remove(BucketRange range, MessageTable.Stored message) {
        ChannelRow channel = range.channel();
        return new Write(
                partition(channel, message.sender(), message.id()),
                cql.bind(
                        REMOVE,
                        range.timestamp(),
                        channel.name(),
                        channel.epoch(),
                        message.sender().value(),
                        message.id().value(),
                        message.seq()));
    }

    /** Starts to read the seq of a message. */
    Pending<Long> start(ChannelRow channel, UserId sender, ClientMessageId id) {
        return cql.start(
                cql.bind(SEQ, channel.name(), channel.epoch(), sender.value(), id.value(), channel.head()),
                row -> row.getLong("seq"));
    }

    private static Partition partition(ChannelRow channel, UserId sender, ClientMessageId id) {
        return Partition.of("client_id", channel.name(), channel.epoch(), sender, id);
    }
}
