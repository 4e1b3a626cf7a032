package dev.dunlin.message.search;

/**
 * Brings messages that an earlier version indexed to what this one makes of them. Repeatable, and
 * safe beside the log's writer and beside the same in another process. Blocks; throws {@link
 * dev.dunlin.message.command.StoreFailure}.
 */
public interface SearchIndex {
    /**
     * Goes through the next {@code most} messages in one short transaction, after those that it has
     * gone through before, in whatever process.
     *
     * @return how many messages are left, as far as is known without counting; 0 when all are done
     */
    long renew(int most);

    /**
     * Indexes again up to {@code most} messages that a process of an earlier version wrote after
     * that; how many.
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
