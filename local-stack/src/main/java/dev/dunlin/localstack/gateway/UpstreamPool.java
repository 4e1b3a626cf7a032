package dev.dunlin.localstack.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The processes of one service, used in turn; those that are down come last. Thread-safe. */
final class UpstreamPool {
    private final Role role;
    private final List<Upstream> upstreams;
    private final Set<Upstream> down = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile boolean used;

    UpstreamPool(Role role, List<Upstream> upstreams) {
        this.role = role;
        this.upstreams = List.copyOf(upstreams);
    }

    Role role() {
        return role;
    }

    List<Upstream> all() {
        return upstreams;
    }

    /** All of them, in the order in which to try them. */
    List<Upstream> candidates() {
        used = true;
        int first = Math.floorMod(turn.getAndIncrement(), upstreams.size());
        List<Upstream> up = new ArrayList<>();
        List<Upstream> last = new ArrayList<>();
        for (int i = 0; i < upstreams.size(); i++) {
            Upstream upstream = upstreams.get((first + i) % upstreams.size());
            (down.contains(upstream) ? last : up).add(upstream);
        }
        up.addAll(last);
        return up;
    }

    /** Whether somebody asked for candidates since the last call. */
    boolean wasUsed() {
        boolean was = used;
        used = false;
        return was;
    }

    boolean hasDown() {
        return !down.isEmpty();
    }

    /** Returns whether that is news. */
    boolean markDown(Upstream upstream) {
        return down.add(upstream);
    }

    /** Returns whether that is news. */
    boolean markUp(Upstream upstream) {
        return down.remove(upstream);
    }
}
