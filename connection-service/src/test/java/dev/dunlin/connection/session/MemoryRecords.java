package dev.dunlin.connection.session;

import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** A log that stores, fails and acknowledges when the test says so. Each attempt is a call. */
final class MemoryRecords implements SessionRecords {
    private final List<Call> waiting = new ArrayList<>();
    private final List<List<SessionRecord>> shards = IntStream.range(0, PresenceShard.COUNT)
            .<List<SessionRecord>>mapToObj(i -> new ArrayList<>())
            .toList();
    private final List<SessionRecord> attempts = new ArrayList<>();

    /** An attempt without an outcome. */
    record Call(int shard, SessionRecord record, CompletableFuture<Void> outcome) {
        void fail() {
            outcome.completeExceptionally(new IOException("away"));
        }
    }

    @Override
    public CompletionStage<Void> append(int shard, SessionRecord record) {
        Call call = new Call(shard, record, new CompletableFuture<>());
        waiting.add(call);
        attempts.add(record);
        return call.outcome();
    }

    /** The oldest attempts without an outcome first. */
    List<Call> waiting() {
        return waiting;
    }

    /** Everything that was attempted, in order. */
    List<SessionRecord> attempts() {
        return attempts;
    }

    /** Everything of a shard that is stored, in order. */
    List<SessionRecord> stored(int shard) {
        return shards.get(shard);
    }

    /** Stores a call's record without an acknowledgement. */
    void store(Call call) {
        shards.get(call.shard()).add(call.record());
    }

    /** Stores and acknowledges all that waits. */
    void storeAll() {
        List<Call> calls = List.copyOf(waiting);
        waiting.clear();
        calls.forEach(call -> {
            store(call);
            call.outcome().complete(null);
        });
    }

    /** Fails all that waits; nothing of it is stored. */
    void failAll() {
        List<Call> calls = List.copyOf(waiting);
        waiting.clear();
        calls.forEach(Call::fail);
    }
}
