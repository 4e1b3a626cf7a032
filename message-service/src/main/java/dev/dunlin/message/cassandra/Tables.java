package dev.dunlin.message.cassandra;

/** The tables of a keyspace. Thread-safe; lives as long as its {@link CassandraStore}. */
record Tables(
        Cql cql,
        ChannelTable channels,
        EventTable events,
        MessageTable messages,
        ReactionTable reactions,
        EditTable edits,
        ClientIdTable clientIds,
        MemberTable members,
        MarkTable marks,
        ChannelOfTable channelsOf,
        MarkOfTable marksOf,
        AuthoredTable authored,
        AuthoredInTable authoredIn,
        ReactionOfTable reactionsOf,
        MentionTable mentions,
        ChannelInTable channelsIn,
        DeletedChannelTable deletedChannels,
        RetainedTable retained,
        LeaseTable leases,
        BlockTable blocks,
        ErasureTable erasures,
        ErasureToDoTable erasuresToDo) {
    static Tables over(Cql cql) {
        return new Tables(
                cql,
                new ChannelTable(cql),
                new EventTable(cql),
                new MessageTable(cql),
                new ReactionTable(cql),
                new EditTable(cql),
                new ClientIdTable(cql),
                new MemberTable(cql),
                new MarkTable(cql),
                new ChannelOfTable(cql),
                new MarkOfTable(cql),
                new AuthoredTable(cql),
                new AuthoredInTable(cql),
                new ReactionOfTable(cql),
                new MentionTable(cql),
                new ChannelInTable(cql),
                new DeletedChannelTable(cql),
                new RetainedTable(cql),
                new LeaseTable(cql),
                new BlockTable(cql),
                new ErasureTable(cql),
                new ErasureToDoTable(cql));
    }

    Buckets buckets() {
        return cql.buckets();
    }

    /** Writes that are sent together. */
    Writes writes() {
        return new Writes(cql);
    }
}
