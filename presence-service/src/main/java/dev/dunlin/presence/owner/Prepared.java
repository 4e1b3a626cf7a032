package dev.dunlin.presence.owner;

import dev.dunlin.presence.owner.ShardStore.State;
import dev.dunlin.presence.owner.ShardStore.Write;
import dev.dunlin.presence.shard.Loaded;
import dev.dunlin.presence.shard.ShardBatch;
import org.jspecify.annotations.Nullable;

/**
 * A batch of one shard that is ready to be stored.
 *
 * @param loaded what it was made of
 * @param next the offset after it
 * @param state what becomes of the whole shard; absent if it stays as it is
 * @param done called when it is stored
 */
record Prepared(
        Shard shard,
        ShardBatch batch,
        Loaded loaded,
        long next,
        @Nullable State state,
        Runnable done) {
    /** Timed work: the offset stays. */
    static Prepared timed(Shard shard, ShardBatch batch, Loaded loaded) {
        return new Prepared(shard, batch, loaded, shard.next(), null, () -> {});
    }

    Write write() {
        return new Write(shard.number(), shard.reign(), shard.version(), next, state, batch.change());
    }
}
