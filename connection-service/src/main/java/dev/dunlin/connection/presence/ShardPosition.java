package dev.dunlin.connection.presence;

import dev.dunlin.protocol.bus.PresenceBatch;

/**
 * How far a shard's batches were received: the owner and the number of the last one. Hub loop only.
 */
final class ShardPosition {
    private boolean known;
    private long owner;
    private long n;

    /** What a batch is, after those before it. */
    enum Step {
        /** From an earlier owner: to be ignored. */
        OUT_OF_DATE,
        /** Nothing was lost before it. */
        NEXT,
        /** Batches before it may be lost. */
        LOST
    }

    /** Takes a batch. The first one sets the position: what came before it, nobody has missed. */
    Step take(PresenceBatch batch) {
        if (known && batch.owner() < owner) {
            return Step.OUT_OF_DATE;
        }
        long expected = batch.changes().isEmpty() && batch.rechecks() == null
                ? n
                : n + 1; // one without changes repeats the number
        boolean next = !known || (batch.owner() == owner && batch.n() == expected);
        known = true;
        owner = batch.owner();
        n = batch.n();
        return next ? Step.NEXT : Step.LOST;
    }
}
