package dev.dunlin.message.cassandra;

/**
 * Table {@code retained}: how far retention has come in a channel. Each of the two seqs is also its
 * own write timestamp, so that it only grows.
 */
final class RetainedTable {
    static final Table DEFINITION = new Table(
            "retained", "channel text, epoch text, first_seq bigint, ids_seq bigint, primary key ((channel, epoch))");

    private static final String SELECT = "select first_seq, ids_seq from $.retained where channel = ? and epoch = ?";
    private static final String RAISE_FIRST =
            "update $.retained using timestamp ? set first_seq = ? where channel = ? and epoch = ?";
    private static final String RAISE_IDS =
            "update $.retained using timestamp ? set ids_seq = ? where channel = ? and epoch = ?";

    private final Cql cql;

    RetainedTable(Cql cql) {
        this.cql = cql;
    }

    /** Starts to read; there is no row before the first removal, see {@link Floor#NONE}. */
    Pending<Floor> start(ChannelRow channel) {
        return cql.start(
                cql.bind(SELECT, channel.name(), channel.epoch()),
                row -> new Floor(Math.max(1, row.getLong("first_seq")), Math.max(1, row.getLong("ids_seq"))));
    }

    Floor find(ChannelRow channel) {
        return start(channel).first().orElse(Floor.NONE);
    }

    void raiseFirst(ChannelRow channel, long first) {
        cql.execute(cql.bind(RAISE_FIRST, first, first, channel.name(), channel.epoch()));
    }

    void raiseIds(ChannelRow channel, long ids) {
        cql.execute(cql.bind(RAISE_IDS, ids, ids, channel.name(), channel.epoch()));
    }
}
