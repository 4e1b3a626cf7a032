package dev.dunlin.message.search;

import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Indexes messages of earlier versions again, in the background and at a pace that leaves the
 * database to its users: at most {@value #BATCHES} batches each time it is called. Blocks; one
 * thread at a time.
 */
public final class Reindexing {
    private static final int BATCH = 200;
    private static final int BATCHES = 50;

    private final SearchIndex index;
    private boolean done;

    public Reindexing(SearchIndex index) {
        this.index = index;
    }

    /**
     * Indexes the next batches; ends early when {@code stopped}. After each batch {@code left}
     * receives the number of messages that remain.
     */
    public void carryOut(BooleanSupplier stopped, LongConsumer left) {
        for (int i = 0; i < BATCHES && !done && !stopped.getAsBoolean(); i++) {
            long remaining = index.renew(BATCH);
            left.accept(remaining);
            done = remaining == 0;
        }
    }

    /**
     * Once all are done, indexes what processes of an earlier version wrote meanwhile, as during a
     * rolling upgrade.
     */
    public void catchUp(BooleanSupplier stopped) {
        int renewed = BATCH;
        for (int i = 0; i < BATCHES && done && renewed == BATCH && !stopped.getAsBoolean(); i++) {
            renewed = index.renewLate(BATCH);
        }
    }
}
