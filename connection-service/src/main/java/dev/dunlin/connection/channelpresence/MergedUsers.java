package dev.dunlin.connection.channelpresence;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is in one channel on all nodes: the parts of the nodes, and the users merged from them. It
 * remembers what it was when {@link #take} was called last. Hub loop only.
 */
final class MergedUsers {
    private final Map<NodeId, Part> parts = new HashMap<>();
    private final Map<UserId, PartUser> merged = new HashMap<>();
    /** User -> what {@link #take} knew last; empty if the user was not there. */
    private Map<UserId, Optional<PartUser>> before = new HashMap<>();

    /** What one node has. */
    private static final class Part {
        private final Map<UserId, PartUser> users = new HashMap<>();
        private PartHead head = new PartHead(0, 0, 0);
    }

    /** Which number of a node's part is known; 0 if none. */
    long known(NodeId life) {
        Part part = parts.get(life);
        return part == null ? 0 : part.head.n();
    }

    /** The nodes that have a part. */
    Set<NodeId> lives() {
        return Set.copyOf(parts.keySet());
    }

    /** Changes a node's part: users who are there, and empty for those who left. */
    void apply(NodeId life, PartHead head, Map<UserId, Optional<PartUser>> changes) {
        Part part = parts.computeIfAbsent(life, key -> new Part());
        part.head = head;
        changes.forEach((id, user) -> {
            user.ifPresentOrElse(there -> part.users.put(id, there), () -> part.users.remove(id));
            merge(id);
        });
        if (part.users.isEmpty() && head.users() == 0 && head.links() == 0) {
            parts.remove(life);
        }
    }

    /** Replaces a node's part. */
    void replace(NodeId life, PartHead head, Collection<PartUser> users) {
        Map<UserId, Optional<PartUser>> changes = new HashMap<>();
        Part part = parts.get(life);
        if (part != null) {
            part.users.keySet().forEach(id -> changes.put(id, Optional.empty()));
        }
        users.forEach(user -> changes.put(user.user(), Optional.of(user)));
        apply(life, head, changes);
    }

    /** Forgets a node's part. Returns whether there was one. */
    boolean drop(NodeId life) {
        Part gone = parts.remove(life);
        if (gone != null) {
            gone.users.keySet().forEach(this::merge);
        }
        return gone != null;
    }

    private void merge(UserId id) {
        PartUser now = null;
        for (Part part : parts.values()) {
            PartUser one = part.users.get(id);
            if (one != null) {
                now = now == null ? one : now.with(one);
            }
        }
        PartUser was = now == null ? merged.remove(id) : merged.put(id, now);
        if (!Objects.equals(was, now)) {
            before.putIfAbsent(id, Optional.ofNullable(was));
        }
    }

    /** The users who are there. */
    Collection<PartUser> all() {
        return Collections.unmodifiableCollection(merged.values());
    }

    @Nullable
    PartUser find(UserId id) {
        return merged.get(id);
    }

    /** How many users are named. */
    int size() {
        return merged.size();
    }

    /** The sum of the users of each node. */
    int countedUsers() {
        return parts.values().stream().mapToInt(part -> part.head.users()).sum();
    }

    /** The sum of the links of each node. */
    int links() {
        return parts.values().stream().mapToInt(part -> part.head.links()).sum();
    }

    /** The users who changed since the last call, as they were then. */
    Map<UserId, Optional<PartUser>> take() {
        Map<UserId, Optional<PartUser>> taken = before;
        before = new HashMap<>();
        return taken;
    }
}
