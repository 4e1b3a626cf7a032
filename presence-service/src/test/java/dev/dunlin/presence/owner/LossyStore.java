package dev.dunlin.presence.owner;

/** A store that a test can damage. */
public interface LossyStore extends ShardStore {
    /** Remembers what there is now. */
    void save();

    /** Goes back to what was remembered, as a failover does. */
    void loseSinceSave();

    /** Is empty. */
    void loseAll();

    /** Whether all users of the shard are known. */
    boolean isReady(int shard);
}
