package dev.dunlin.presence.owner;

import dev.dunlin.presence.owner.ShardStore.Wanted;
import dev.dunlin.presence.shard.Loaded;
import dev.dunlin.presence.shard.ShardBatch;
import dev.dunlin.protocol.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Makes users offline whose grace is over, but only when every record is applied that Kafka has: a
 * user who is back is not offline. For one thread.
 */
final class Graces {
    private static final int BATCH = 500;
    /** More wait for the next run. */
    private static final int MOST_BATCHES = 20;

    private static final Logger LOG = Logger.getLogger(Graces.class);

    private final Shards shards;
    private final ShardStore store;
    private final SessionLog log;
    private final OwnerSettings settings;
    private final InstantSource clock;

    Graces(Shards shards, ShardStore store, SessionLog log, OwnerSettings settings, InstantSource clock) {
        this.shards = shards;
        this.store = store;
        this.log = log;
        this.settings = settings;
        this.clock = clock;
    }

    void run() {
        for (int i = 0; i < MOST_BATCHES && expired() == BATCH; i++) {
            LOG.debug("more users are due");
        }
    }

    /** Returns the most users of a shard that were due. */
    private int expired() {
        Instant now = clock.instant();
        Map<Integer, Long> due = new HashMap<>();
        for (Shard shard : shards.all()) {
            boolean known = shard.rebuild() == null; // or else the user may have other sessions
            if (known && shard.firstDue().filter(first -> !first.isAfter(now)).isPresent()) {
                due.put(shard.number(), shard.next());
            }
        }
        if (due.isEmpty()) {
            return 0;
        }
        Map<Integer, List<UserId>> users = new HashMap<>();
        for (int number : log.exhausted(due)) {
            users.put(number, store.due(number, now, BATCH));
        }
        expire(users, now);
        return users.values().stream().mapToInt(List::size).max().orElse(0);
    }

    private void expire(Map<Integer, List<UserId>> users, Instant now) {
        Map<Integer, Wanted> wanted = new HashMap<>();
        users.forEach((number, due) -> wanted.put(number, new Wanted(Set.copyOf(due), Set.copyOf(due))));
        Map<Integer, Loaded> loaded = store.load(wanted);
        List<Prepared> batches = new ArrayList<>();
        users.forEach((number, due) -> shards.find(number).ifPresent(shard -> {
            Loaded before = loaded.getOrDefault(number, Loaded.NOTHING);
            ShardBatch batch = new ShardBatch(settings.rules(), now, before, shard.parts());
            batch.expire(due);
            batches.add(new Prepared(
                    shard, batch, before, shard.next(), null, () -> shard.firstDue(store.firstDue(number))));
        }));
        shards.commit(batches);
    }

    /** When the first grace is over. */
    Optional<Instant> next() {
        return shards.all().stream().flatMap(shard -> shard.firstDue().stream()).min(Instant::compareTo);
    }
}
