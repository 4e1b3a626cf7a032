package dev.dunlin.connection.session;

import dev.dunlin.protocol.kafka.SessionRecord;
import java.util.concurrent.CompletionStage;

/**
 * The log in which presence-service reads what this node reports of its sessions. Called on the hub
 * loop, does not block.
 */
public interface SessionRecords {
    /**
     * Appends a record to the log of a shard, after those that were appended before. Completes on
     * any thread when it is safe. A record that fails may have been appended all the same.
     */
    CompletionStage<Void> append(int shard, SessionRecord record);
}
