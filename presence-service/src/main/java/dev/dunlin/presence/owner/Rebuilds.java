package dev.dunlin.presence.owner;

import dev.dunlin.presence.owner.ShardStore.State;
import dev.dunlin.presence.shard.Loaded;
import dev.dunlin.presence.shard.ShardBatch;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.bus.SessionsWanted;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Repairs what was lost: asks nodes for lists of their sessions, again until they come. A shard
 * that is rebuilt is known when every node that holds a lease has listed its sessions, and what is
 * kept of its users was restored. Leases may have been lost, too, so the nodes get the margin to
 * renew them first. For one thread.
 */
final class Rebuilds {
    private static final Logger LOG = Logger.getLogger(Rebuilds.class);

    private final Shards shards;
    private final Feed feed;
    private final OwnerSettings settings;
    private final InstantSource clock;

    Rebuilds(Shards shards, Feed feed, OwnerSettings settings, InstantSource clock) {
        this.shards = shards;
        this.feed = feed;
        this.settings = settings;
        this.clock = clock;
    }

    /** One step, with the nodes that hold a lease. */
    void run(Set<NodeId> alive) {
        finish(alive);
        List<Integer> unknown = new ArrayList<>();
        Map<NodeId, List<Integer>> differing = new HashMap<>();
        for (Shard shard : shards.all()) {
            if (shard.rebuild() != null) {
                unknown.add(shard.number());
            }
            shard.differing().retainAll(alive);
            shard.differing()
                    .forEach(node -> differing
                            .computeIfAbsent(node, any -> new ArrayList<>())
                            .add(shard.number()));
        }
        if (!unknown.isEmpty()) {
            feed.ask(new SessionsWanted(null, unknown));
        }
        differing.forEach((node, numbers) -> feed.ask(new SessionsWanted(node, numbers)));
    }

    private void finish(Set<NodeId> alive) {
        Instant now = clock.instant();
        int finished = finish(rebuild -> !now.isBefore(rebuild.since().plus(settings.leaseMargin()))
                && rebuild.listed().containsAll(alive));
        if (finished > 0) {
            LOG.infof("%d shards are rebuilt from the lists of %d nodes", finished, alive.size());
        }
    }

    /** Finishes those of which no node has anything to list. */
    void finishUnused() {
        var unused = finish(Shard.Rebuild::unused);
    }

    private int finish(Predicate<Shard.Rebuild> complete) {
        Instant now = clock.instant();
        List<Prepared> ready = new ArrayList<>();
        for (Shard shard : shards.all()) {
            Shard.Rebuild rebuild = shard.rebuild();
            if (rebuild != null && rebuild.restored() && complete.test(rebuild)) {
                ShardBatch nothing = new ShardBatch(settings.rules(), now, Loaded.NOTHING, shard.parts());
                // Claimed again, it is announced under a new number: who follows it looks again.
                ready.add(new Prepared(
                        shard, nothing, Loaded.NOTHING, shard.next(), State.READY, () -> shards.doubt(shard)));
            }
        }
        shards.commit(ready);
        return ready.size();
    }
}
