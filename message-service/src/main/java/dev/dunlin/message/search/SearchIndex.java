package dev.dunlin.message.search;

/**
 * Indexes messages again that an earlier version indexed. Repeatable, and safe beside the log's
 * writer and beside another process that does the same. Blocks; throws
 * {@link dev.dunlin.message.command.StoreFailure}.
 */
public interface SearchIndex {
    /**
     * Goes through the next {@code most} messages in one short transaction. It continues where any
     * process stopped.
     *
     * @return how many messages are left, estimated; 0 when all are done
     */
    long renew(int most);

    /**
     * Indexes up to {@code most} messages again that a process of an earlier version wrote after
     * that. Returns how many.
     */
    int renewLate(int most);

    /** For a store that has no index. */
    static SearchIndex none() {
        return new SearchIndex() {
            @Override
            public long renew(int most) {
                return 0;
            }

            @Override
            public int renewLate(int most) {
                return 0;
            }
        };
    }
}
