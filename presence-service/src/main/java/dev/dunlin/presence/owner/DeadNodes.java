package dev.dunlin.presence.owner;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.owner.ShardStore.Wanted;
import dev.dunlin.presence.shard.Loaded;
import dev.dunlin.presence.shard.Member;
import dev.dunlin.presence.shard.ShardBatch;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Ends the sessions of nodes whose lease has been missing for the margin. A node may start its
 * first session before its first lease, and all leases may expire while Redis is unreachable: the
 * time counts from when Redis answered that there is none. For one thread.
 */
final class DeadNodes {
    private static final Logger LOG = Logger.getLogger(DeadNodes.class);
    private static final int BATCH = 500;

    private final Shards shards;
    private final ShardStore store;
    private final Nodes nodes;
    private final OwnerSettings settings;
    private final InstantSource clock;
    private final Observer observer;
    private final Map<NodeId, Instant> missing = new HashMap<>();

    DeadNodes(
            Shards shards,
            ShardStore store,
            Nodes nodes,
            OwnerSettings settings,
            InstantSource clock,
            Observer observer) {
        this.shards = shards;
        this.store = store;
        this.nodes = nodes;
        this.settings = settings;
        this.clock = clock;
        this.observer = observer;
    }

    /** Checks the leases; returns the nodes that hold one. */
    Set<NodeId> check() {
        Set<NodeId> known = shards.all().stream()
                .flatMap(shard -> shard.parts().keySet().stream())
                .collect(Collectors.toSet());
        Set<NodeId> alive;
        try {
            alive = nodes.alive(known);
        } catch (PresenceUnavailable e) {
            missing.clear();
            throw e;
        }
        Instant now = clock.instant();
        known.removeAll(alive);
        missing.keySet().retainAll(known);
        for (NodeId node : known) {
            Instant since = missing.computeIfAbsent(node, any -> now);
            if (!now.isBefore(since.plus(settings.leaseMargin()))) {
                bury(node, since);
            }
        }
        return alive;
    }

    private void bury(NodeId node, Instant since) {
        int ended = 0;
        for (Shard shard : shards.all()) {
            while (shards.holds(shard) && shard.parts().containsKey(node)) {
                ended += buried(shard, node, since);
            }
        }
        if (ended > 0) {
            observer.swept(ended);
            LOG.infof("node %s has had no lease since %s: ended %d of its sessions", node, since, ended);
        }
    }

    private int buried(Shard shard, NodeId node, Instant since) {
        Set<Member> members = store.members(shard.number(), node, BATCH);
        Set<UserId> users = new HashSet<>();
        members.forEach(member -> users.add(member.user()));
        Loaded loaded = store.load(Map.of(shard.number(), new Wanted(users, users)))
                .getOrDefault(shard.number(), Loaded.NOTHING);
        ShardBatch batch = new ShardBatch(settings.rules(), clock.instant(), loaded, shard.parts());
        batch.bury(node, since, members, members.size() < BATCH);
        shards.commit(List.of(Prepared.timed(shard, batch, loaded)));
        return members.size();
    }
}
