package dev.dunlin.presence.owner;

import dev.dunlin.presence.owner.ShardStore.Claim;
import dev.dunlin.presence.owner.ShardStore.State;
import dev.dunlin.presence.owner.ShardStore.Write;
import dev.dunlin.presence.shard.ShardChange;
import dev.dunlin.protocol.bus.PresenceBatch;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The shards of this process. What the store refuses shows that it lost something, or that the
 * shard has another owner: then the shard is claimed again, and read from where the store is. A
 * shard of which nothing is stored begins empty and unknown. For one thread.
 */
final class Shards {
    private static final Logger LOG = Logger.getLogger(Shards.class);

    private final ShardStore store;
    private final SessionLog log;
    private final Feed feed;
    private final StoredUsers stored;
    private final InstantSource clock;
    private final Observer observer;
    private final Map<Integer, Shard> claimed = new HashMap<>();
    /** Assigned, and not claimed yet. */
    private final Set<Integer> unclaimed = new HashSet<>();

    Shards(ShardStore store, SessionLog log, Feed feed, StoredUsers stored, InstantSource clock, Observer observer) {
        this.store = store;
        this.log = log;
        this.feed = feed;
        this.stored = stored;
        this.clock = clock;
        this.observer = observer;
    }

    void assign(Collection<Integer> numbers) {
        unclaimed.addAll(numbers);
    }

    void revoke(Collection<Integer> numbers) {
        claimed.keySet().removeAll(numbers);
        unclaimed.removeAll(numbers);
    }

    /** What the shard stands for may be wrong: it is claimed again. */
    void doubt(Shard shard) {
        if (claimed.remove(shard.number(), shard)) {
            unclaimed.add(shard.number());
        }
    }

    /** The shard, unless it is not claimed. */
    Optional<Shard> find(int number) {
        return Optional.ofNullable(claimed.get(number));
    }

    boolean holds(Shard shard) {
        return claimed.get(shard.number()) == shard;
    }

    Collection<Shard> all() {
        return List.copyOf(claimed.values());
    }

    /** Claims what is not claimed yet, as far as that is possible now. */
    void claim() {
        if (unclaimed.isEmpty()) {
            return;
        }
        Map<Integer, SessionLog.Extent> extents = log.extents(unclaimed);
        List<Integer> unknown = new ArrayList<>();
        extents.forEach((number, extent) -> claim(number, extent).ifPresent(claim -> {
            unclaimed.remove(number);
            claimed.put(number, new Shard(number, claim, extent.isEmpty(), clock.instant()));
            log.seek(number, claim.next().orElseThrow());
            if (!claim.ready() && !extent.isEmpty()) {
                unknown.add(number);
            }
        }));
        if (!unknown.isEmpty()) {
            LOG.infof("the users of %d shards are not known: the nodes are asked for their sessions", unknown.size());
        }
    }

    private Optional<Claim> claim(int number, SessionLog.Extent extent) {
        Claim claim = store.claim(number, clock.instant());
        if (claim.next().isPresent() && extent.holds(claim.next().getAsLong())) {
            return Optional.of(claim);
        }
        // What users chose comes from the log only: nothing of it is left out.
        long next = log.applied(number).stream()
                .map(applied -> Math.max(applied, extent.first()))
                .filter(extent::holds)
                .findFirst()
                .orElse(extent.end());
        Write empty = new Write(number, claim.reign(), claim.version(), next, State.EMPTY, new ShardChange());
        if (store.commit(List.of(empty)).contains(false)) {
            return Optional.empty();
        }
        return Optional.of(new Claim(
                claim.reign(), claim.version() + 1, false, OptionalLong.of(next), 0, Map.of(), Optional.empty()));
    }

    /** Stores batches, at most one of each shard. What is refused is claimed again. */
    void commit(List<Prepared> batches) {
        if (batches.isEmpty()) {
            return;
        }
        List<Boolean> done = store.commit(batches.stream().map(Prepared::write).toList());
        for (int i = 0; i < batches.size(); i++) {
            Prepared batch = batches.get(i);
            if (done.get(i)) {
                batch.shard().applied(batch);
                stored.keep(batch.shard().number(), batch.batch().stored());
                batch.batch().change().published().stream()
                        .map(UserPresence::status)
                        .forEach(observer::changed);
                batch.done().run();
            } else {
                LOG.debugf("shard %d is not as it was left", batch.shard().number());
                doubt(batch.shard());
            }
        }
    }

    /** Publishes what is due. */
    void publish() {
        Instant now = clock.instant();
        Map<Integer, PresenceBatch> batches = new HashMap<>();
        claimed.forEach((number, shard) -> shard.outgoing().take(now).ifPresent(batch -> batches.put(number, batch)));
        if (batches.isEmpty()) {
            return;
        }
        boolean published = false;
        try {
            feed.publish(batches);
            published = true;
        } finally {
            if (!published) {
                batches.forEach((number, batch) ->
                        find(number).ifPresent(shard -> shard.outgoing().failed(batch)));
            }
        }
    }

    /** When the next batch is to be published. */
    Optional<Instant> nextBatch() {
        return claimed.values().stream().map(shard -> shard.outgoing().next()).min(Instant::compareTo);
    }
}
