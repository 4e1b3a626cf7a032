package dev.dunlin.presence.owner;

import dev.dunlin.protocol.frame.Status;

/** Hears what the owner does. Does not block. */
public interface Observer {
    /** One change was published. */
    void changed(Status status);

    /** Sessions ended because their node died. */
    void swept(int sessions);

    /** Sessions were not as their node lists them, and are now. */
    void reconciled(int sessions);

    /** How many users of the own shards are not offline, and how many shards are being rebuilt. */
    void holding(long users, int rebuilding);
}
