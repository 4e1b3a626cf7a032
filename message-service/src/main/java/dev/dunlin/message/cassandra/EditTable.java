package dev.dunlin.message.cassandra;

import dev.dunlin.protocol.frame.ServerFrame;

/** Table {@code edit}: the events that edit a message, which lose their data with it. */
final class EditTable {
    static final Table DEFINITION = new Table(
            "edit",
            "channel text, epoch text, bucket bigint, target bigint, seq bigint,"
                    + " primary key ((channel, epoch, bucket), target, seq)");

    private static final String INSERT =
            "insert into $.edit (channel, epoch, bucket, target, seq) values (?, ?, ?, ?, ?) using timestamp ?";
    private static final String REMOVE = "delete from $.edit using timestamp ?"
            + " where channel = ? and epoch = ? and bucket = ? and target >= ? and target <= ?";
    private static final String SELECT =
            "select seq from $.edit where channel = ? and epoch = ? and bucket = ? and target = ?";

    private final Cql cql;
    private final BucketRows rows;

    EditTable(Cql cql) {
        this.cql = cql;
        this.rows = new BucketRows(cql);
    }

    Write insert(ChannelRow channel, ServerFrame.Edited edit, long version) {
        long bucket = rows.bucketOf(edit.target());
        return new Write(
                Partition.ofBucket(channel, bucket),
                cql.bind(
                        INSERT,
                        channel.name(),
                        channel.epoch(),
                        bucket,
                        edit.target(),
                        edit.seq(),
                        Version.timestamp(version)));
    }

    Write remove(BucketRange range) {
        return rows.remove(REMOVE, range);
    }

    /** Starts to read the seqs of the edits of a message. */
    Pending<Long> start(ChannelRow channel, long target) {
        return cql.start(rows.at(SELECT, channel, target), row -> row.getLong("seq"));
    }
}
