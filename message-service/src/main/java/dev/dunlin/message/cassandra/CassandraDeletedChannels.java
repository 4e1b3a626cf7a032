package dev.dunlin.message.cassandra;

import dev.dunlin.message.purge.DeletedChannels;
import dev.dunlin.message.sequencer.Life;
import dev.dunlin.protocol.UserId;
import java.util.List;
import java.util.Optional;

/**
 * Deleted channels in Cassandra: members first, then marks, then events from the oldest on. A
 * channel that is created again has another epoch, and so other partitions.
 */
final class CassandraDeletedChannels implements DeletedChannels {
    private final Tables tables;

    CassandraDeletedChannels(Tables tables) {
        this.tables = tables;
    }

    @Override
    public List<Deleted> list(int limit) {
        return tables.deletedChannels().list(limit).stream()
                .filter(deleted -> find(deleted).isPresent())
                .toList();
    }

    @Override
    public Removed remove(Deleted deleted, int most) {
        return find(deleted).map(channel -> remove(channel, most)).orElseGet(() -> new Removed(List.of(), 0));
    }

    private Optional<ChannelRow> find(Deleted deleted) {
        return tables.channels()
                .find(deleted.channel())
                .filter(row -> row.state().epoch().equals(deleted.epoch()))
                .filter(row -> row.state().life() == Life.PURGING);
    }

    private Removed remove(ChannelRow channel, int most) {
        List<UserId> members = removeMembers(channel, most);
        int rows = members.size();
        if (rows < most) {
            rows += removeMarks(channel, most - rows);
        }
        long first = tables.retained().find(channel).first();
        if (rows < most && first <= channel.head()) {
            long last = Math.min(channel.head(), first + most - rows - 1);
            removeEvents(channel, first, last);
            rows += Math.toIntExact(last + 1 - first);
        }
        return new Removed(members, rows);
    }

    private void removeEvents(ChannelRow channel, long first, long last) {
        Removal removal = new Removal(tables, channel);
        removal.remove(first, last, Long.MAX_VALUE);
        removal.forgetIds(tables.retained().find(channel).ids(), last + 1, Long.MAX_VALUE, Integer.MAX_VALUE);
        tables.retained().raiseFirst(channel, last + 1);
        tables.retained().raiseIds(channel, last + 1);
    }

    /**
     * Returns who was a member. Rows that say that somebody left are removed with the next ones.
     */
    private List<UserId> removeMembers(ChannelRow channel, int most) {
        List<UserId> members = new Newest(tables, channel)
                .present(tables.members().page(channel, "", most), MemberTable.Stored::user).stream()
                        .limit(most)
                        .map(MemberTable.Stored::user)
                        .toList();
        Writes writes = tables.writes();
        for (UserId user : members) {
            writes.add(tables.members().remove(channel, user));
            writes.add(tables.channelsOf().remove(channel, user));
        }
        writes.run();
        return members;
    }

    private int removeMarks(ChannelRow channel, int most) {
        List<UserId> users = tables.marks().users(channel, most);
        Writes writes = tables.writes();
        for (UserId user : users) {
            writes.add(tables.marks().remove(channel, user));
            writes.add(tables.marksOf().remove(channel, user));
        }
        writes.run();
        return users.size();
    }
}
