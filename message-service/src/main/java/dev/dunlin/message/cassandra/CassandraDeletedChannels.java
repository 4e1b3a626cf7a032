package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.purge.DeletedChannels;
import dev.dunlin.message.sequencer.Life;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deleted channels in Cassandra: members first, then marks, then events from the oldest on. A channel that is created again has another epoch, and so other partitions. */
final class CassandraDeletedChannels implements DeletedChannels {
    private static final String LIST = "select name, epoch from $.deleted_channel where part = 'all' limit ?";
    private static final String MEMBERS = "select user_id, version, gone from $.member where channel = ? and epoch = ?";
    private static final String MARKS = "select user_id from $.mark where channel = ? and epoch = ? limit ?";
    private static final String DROP_MEMBER =
            "delete from $.member using timestamp ? where channel = ? and epoch = ? and user_id = ?";
    private static final String DROP_CHANNEL_OF =
            "delete from $.channel_of using timestamp ? where user_id = ? and channel = ? and epoch = ?";
    private static final String DROP_MARK =
            "delete from $.mark using timestamp ? where channel = ? and epoch = ? and user_id = ?";
    private static final String DROP_MARK_OF =
            "delete from $.mark_of using timestamp ? where user_id = ? and channel = ? and epoch = ?";

    private final Cql cql;

    CassandraDeletedChannels(Cql cql) {
        this.cql = cql;
    }

    @Override
    public List<Deleted> list(int limit) {
        return cql.read(cql.bind(LIST, limit), MessageReader.MOST_ROWS, row -> false).stream()
                .map(row ->
                        new Deleted(new ChannelName(Columns.text(row, "name")), new Epoch(Columns.text(row, "epoch"))))
                .filter(deleted -> find(deleted).isPresent())
                .toList();
    }

    @Override
    public Removed remove(Deleted deleted, int most) {
        return find(deleted).map(channel -> remove(channel, most)).orElseGet(() -> new Removed(List.of(), 0));
    }

    private Optional<ChannelRow> find(Deleted deleted) {
        return ChannelRow.find(cql, deleted.channel())
                .filter(row -> row.state().epoch().equals(deleted.epoch()))
                .filter(row -> row.state().life() == Life.PURGING);
    }

    private Removed remove(ChannelRow channel, int most) {
        List<UserId> members = members(channel, most);
        int rows = members.size();
        if (rows < most) {
            rows += marks(channel, most - rows);
        }
        long first = Floor.of(cql, channel).first();
        if (rows < most && first <= channel.head()) {
            long last = Math.min(channel.head(), first + most - rows - 1);
            Removal removal = new Removal(cql, channel);
            removal.remove(first, last, Long.MAX_VALUE);
            removal.forgetIds(Floor.of(cql, channel).ids(), last + 1, Long.MAX_VALUE, Integer.MAX_VALUE);
            Floor.raiseFirst(cql, channel, last + 1);
            Floor.raiseIds(cql, channel, last + 1);
            rows += Math.toIntExact(last + 1 - first);
        }
        return new Removed(members, rows);
    }

    /** Who was a member; rows that say that somebody is gone go with the next. */
    private List<UserId> members(ChannelRow channel, int most) {
        List<UserId> members = new ArrayList<>();
        Set<String> users = new HashSet<>();
        List<Row> rows = cql.read(
                cql.bind(MEMBERS, channel.name(), channel.epoch()),
                MessageReader.MOST_ROWS,
                row -> users.add(Columns.text(row, "user_id")) && users.size() > most);
        for (Row row : new Newest(cql, channel).of(rows, one -> Columns.text(one, "user_id"))) {
            if (!row.getBoolean("gone") && members.size() < most) {
                members.add(new UserId(Columns.text(row, "user_id")));
            }
        }
        drop(
                channel,
                DROP_MEMBER,
                DROP_CHANNEL_OF,
                members.stream().map(UserId::value).toList());
        return members;
    }

    private int marks(ChannelRow channel, int most) {
        List<String> users = cql
                .read(cql.bind(MARKS, channel.name(), channel.epoch(), most), MessageReader.MOST_ROWS, row -> false)
                .stream()
                .map(row -> Columns.text(row, "user_id"))
                .toList();
        drop(channel, DROP_MARK, DROP_MARK_OF, users);
        return users.size();
    }

    private void drop(ChannelRow channel, String ofChannel, String ofUser, List<String> users) {
        long timestamp = Version.timestamp(channel.version());
        Writes writes = new Writes(cql);
        for (String user : users) {
            writes.add(List.of("members"), cql.bind(ofChannel, timestamp, channel.name(), channel.epoch(), user), 0);
            writes.add(List.of("user", user), cql.bind(ofUser, timestamp, user, channel.name(), channel.epoch()), 0);
        }
        writes.run();
    }
}
