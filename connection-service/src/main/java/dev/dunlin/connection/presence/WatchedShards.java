package dev.dunlin.connection.presence;

import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.PresenceShard;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The shards with users who are watched on this node: at most {@link PresenceShard#COUNT}
 * subscriptions, however many users are watched. Hub loop only.
 */
final class WatchedShards {
    private static final Duration CHECK = Duration.ofSeconds(10);

    private final BusSubscriptions busSubscriptions;
    private final MissedChanges missed;
    private final HubLoop loop;
    private final Map<Integer, WatchedShard> shards = new HashMap<>();

    WatchedShards(BusSubscriptions busSubscriptions, MissedChanges missed, HubLoop loop) {
        this.busSubscriptions = busSubscriptions;
        this.missed = missed;
        this.loop = loop;
    }

    /** Starts to look for batches that were lost. Call it once. */
    void start() {
        busSubscriptions.onReconnect(() -> shards.values().forEach(WatchedShard::suspect));
        loop.every(CHECK, () -> shards.values().forEach(WatchedShard::checkSilence));
    }

    /** Adds a watch. It misses nothing once {@link #confirmed} has completed. */
    void add(Watched watch) {
        shards.computeIfAbsent(
                        PresenceShard.of(watch.user()),
                        number -> new WatchedShard(number, busSubscriptions, missed, loop))
                .add(watch);
    }

    void remove(Watched watch) {
        int number = PresenceShard.of(watch.user());
        WatchedShard shard = shards.get(number);
        if (shard != null) {
            shard.remove(watch);
            if (shard.isEmpty()) {
                shards.remove(number);
            }
        }
    }

    Optional<WatchedUser> find(UserId user) {
        WatchedShard shard = shards.get(PresenceShard.of(user));
        return shard == null ? Optional.empty() : shard.find(user);
    }

    /**
     * Completes on the hub loop when no change of these users will be missed. Fails if the bus does
     * not confirm that in time.
     */
    CompletionStage<Void> confirmed(Collection<UserId> users) {
        List<WatchedShard> all = users.stream()
                .map(PresenceShard::of)
                .distinct()
                .map(shards::get)
                .toList();
        CompletionStage<Void> confirmed = CompletableFuture.completedStage(null);
        for (WatchedShard shard : all) {
            CompletionStage<Void> one = shard.confirmed();
            confirmed = confirmed.thenCompose(before -> one);
        }
        return confirmed;
    }
}
