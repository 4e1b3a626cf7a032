package dev.dunlin.connection.channelpresence;

import dev.dunlin.protocol.NodeId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which runs of nodes are dead: those without a lease for the margin, as far as the store could be
 * asked. A node renews its lease more often than that. Hub loop only.
 */
final class LeaseWatch {
    private static final int MOST_DEAD = 1_000;

    private final Duration margin;
    /** Run -> since when it is known to have no lease (ns). */
    private final Map<NodeId, Long> missing = new HashMap<>();

    private final Set<NodeId> dead = new LinkedHashSet<>();

    LeaseWatch(Duration margin) {
        this.margin = margin;
    }

    /** Whose leases to ask for: these, and those that were dead, which may be back. */
    Set<NodeId> asks(Collection<NodeId> held) {
        Set<NodeId> asked = new HashSet<>(held);
        asked.addAll(dead);
        return asked;
    }

    /** The store has answered at {@code now} (ns). Returns who is dead since this answer. */
    Set<NodeId> answered(Collection<NodeId> asked, Collection<NodeId> without, long now) {
        Set<NodeId> lost = new HashSet<>();
        missing.keySet().retainAll(without);
        for (NodeId life : asked) {
            if (!without.contains(life)) {
                dead.remove(life);
            } else if (now - missing.computeIfAbsent(life, key -> now) >= margin.toNanos() && dead.add(life)) {
                lost.add(life);
            }
        }
        while (dead.size() > MOST_DEAD) {
            dead.remove(dead.iterator().next());
        }
        return lost;
    }

    /** The store could not be asked: what was missing may have been there meanwhile. */
    void unanswered() {
        missing.clear();
    }

    /** A run has published something. */
    void heard(NodeId life) {
        missing.remove(life);
        dead.remove(life);
    }

    boolean isDead(NodeId life) {
        return dead.contains(life);
    }
}
