package dev.dunlin.presence.owner;

import dev.dunlin.presence.owner.ShardStore.Claim;
import dev.dunlin.presence.shard.NodePart;
import dev.dunlin.presence.shard.ShardBatch;
import dev.dunlin.presence.shard.ShardChange;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.kafka.StoredUser;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the owner knows of one of its shards. For one thread. */
final class Shard {
    private final int number;
    private final long reign;
    /** While users are unknown. */
    private final @Nullable Rebuild rebuild;

    private final Outgoing outgoing;
    private final ListParts lists = new ListParts();
    /** The nodes whose digest differed, and that have not listed their sessions since. */
    private final Set<NodeId> differing = new HashSet<>();

    private Map<NodeId, NodePart> parts;
    private long version;
    private long next;
    private int users;
    private Optional<Instant> firstDue;
    private Instant trimmedAt;

    /**
     * A shard that was just claimed; {@code claim} has an offset.
     *
     * @param unused whether its log holds no record: no node has a session
     */
    Shard(int number, Claim claim, boolean unused, Instant now) {
        this.number = number;
        this.reign = claim.reign();
        this.rebuild = claim.ready() ? null : new Rebuild(now, unused);
        this.outgoing = new Outgoing(reign);
        this.parts = Map.copyOf(claim.parts());
        this.version = claim.version();
        this.next = claim.next().orElseThrow();
        this.users = claim.users();
        this.firstDue = claim.firstDue();
        this.trimmedAt = now;
    }

    /** A rebuild: what has come of what it waits for. */
    static final class Rebuild {
        private final Instant since;
        private final boolean unused;
        private final Set<NodeId> listed = new HashSet<>();
        private final Set<StoredUser.Key> changed = new HashSet<>();
        private boolean begun;
        private boolean restored;

        private Rebuild(Instant since, boolean unused) {
            this.since = since;
            this.unused = unused;
        }

        /** Whether no node has anything to list. */
        boolean unused() {
            return unused;
        }

        Instant since() {
            return since;
        }

        /** The nodes that have listed their sessions. */
        Set<NodeId> listed() {
            return listed;
        }

        /** What changed since the rebuild began: what is kept of it may be older. */
        Set<StoredUser.Key> changed() {
            return changed;
        }

        /** True for the first call: now what is kept of the users is to be read. */
        boolean begin() {
            boolean first = !begun;
            begun = true;
            return first;
        }

        /** Whether what is kept of the users is here again. */
        boolean restored() {
            return restored;
        }

        void restored(boolean all) {
            restored = all;
        }
    }

    int number() {
        return number;
    }

    long reign() {
        return reign;
    }

    @Nullable
    Rebuild rebuild() {
        return rebuild;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    ListParts lists() {
        return lists;
    }

    Set<NodeId> differing() {
        return differing;
    }

    Map<NodeId, NodePart> parts() {
        return parts;
    }

    /** How many writes there were. */
    long version() {
        return version;
    }

    /** The offset of the next record. */
    long next() {
        return next;
    }

    /** How many users are not offline. */
    int users() {
        return users;
    }

    /** When the first grace is over, or earlier. */
    Optional<Instant> firstDue() {
        return firstDue;
    }

    void firstDue(Optional<Instant> first) {
        firstDue = first;
    }

    Instant trimmedAt() {
        return trimmedAt;
    }

    void trimmedAt(Instant then) {
        trimmedAt = then;
    }

    /** The batch is stored. */
    void applied(Prepared stored) {
        ShardBatch batch = stored.batch();
        ShardChange change = batch.change();
        parts = Map.copyOf(batch.parts());
        version++;
        next = stored.next();
        change.users()
                .forEach((user, entry) -> users +=
                        (entry.isPresent() ? 1 : 0) - (stored.loaded().users().containsKey(user) ? 1 : 0));
        change.due().values().stream()
                .flatMap(Optional::stream)
                .map(Instant::ofEpochMilli)
                .forEach(due -> firstDue = Optional.of(
                        firstDue.filter(first -> first.isBefore(due)).orElse(due)));
        differing.removeAll(batch.matching());
        if (rebuild == null) {
            // While it is rebuilt, nobody is shown: who is invisible may not be known yet.
            outgoing.add(change.published(), change.rechecks());
            differing.addAll(batch.differing());
        } else {
            rebuild.changed().addAll(batch.stored().keySet());
        }
    }

    /** A node has listed its sessions. */
    void listed(NodeId node) {
        if (rebuild != null) {
            rebuild.listed().add(node);
        }
    }
}
