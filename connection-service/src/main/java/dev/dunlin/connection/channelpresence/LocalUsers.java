package dev.dunlin.connection.channelpresence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.subscription.SubscribedSession;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartUser;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is in one channel with links of this node, by the events of its sessions. It remembers which
 * users changed since {@link #take}. Bounded by the node's links, and those of the last grace. Hub
 * loop only.
 */
final class LocalUsers {
    private final Duration grace;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Map<SubscribedSession, Stay> stays = new HashMap<>();
    private final Map<UserId, LocalUser> users = new HashMap<>();
    /** In the order of their ends. */
    private final Queue<Stay> graces = new ArrayDeque<>(0);

    private Set<UserId> changed = new HashSet<>();
    private boolean countChanged;
    private int links;
    private long newest;

    LocalUsers(Duration grace, InstantSource clock, LongSupplier nanos) {
        this.grace = grace;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** A session is there without having said so. */
    void begin(SubscribedSession session) {
        arrive(session);
    }

    /** A session says that it is there, with this data. */
    void enter(SubscribedSession session, @Nullable JsonNode data) {
        Stay stay = arrive(session);
        stay.at = next();
        stay.data = data;
        changed.add(stay.user.id);
    }

    /** A session that is there sent a signal; null data forgets the one before. */
    void signal(SubscribedSession session, @Nullable JsonNode data) {
        Stay stay = stays.get(session);
        if (stay != null) {
            stay.lastAt = next();
            stay.last = data;
            changed.add(stay.user.id);
        }
    }

    /** A session says that it is there no longer. */
    void leave(SubscribedSession session) {
        Stay stay = stays.remove(session);
        if (stay != null) {
            depart(stay);
        }
    }

    /** A subscription is over. With its link, the user leaves after the grace. */
    void end(SubscribedSession session, boolean linkClosed) {
        Stay stay = stays.remove(session);
        if (stay == null) {
            return;
        }
        if (linkClosed && grace.isPositive()) {
            links--;
            countChanged = true;
            stay.user.present.remove(stay);
            stay.user.leaving.add(stay);
            stay.until = nanos.getAsLong() + grace.toNanos();
            graces.add(stay);
        } else {
            depart(stay);
        }
    }

    /** Ends the graces that are over. Returns the time until the next one, if there is any. */
    Optional<Duration> endGraces() {
        long now = nanos.getAsLong();
        for (Stay first = graces.peek(); first != null && first.until - now <= 0; first = graces.peek()) {
            graces.remove();
            if (first.user.leaving.remove(first)) {
                departed(first.user);
            }
        }
        return Optional.ofNullable(graces.peek()).map(next -> Duration.ofNanos(next.until - now));
    }

    private Stay arrive(SubscribedSession session) {
        Stay known = stays.get(session);
        if (known != null) {
            return known;
        }
        UserId id = session.session().user();
        LocalUser user = users.computeIfAbsent(id, key -> new LocalUser(key, clock.millis()));
        Stay stay = new Stay(user);
        stays.put(session, stay);
        user.present.add(stay);
        links++;
        countChanged = true;
        changed.add(id);
        return stay;
    }

    private void depart(Stay stay) {
        stay.user.present.remove(stay);
        if (stay.user.present.isEmpty()) {
            stay.user.leaving.clear(); // who says so leaves at once
        }
        links--;
        departed(stay.user);
    }

    private void departed(LocalUser user) {
        if (!user.isThere()) {
            users.remove(user.id, user);
        }
        countChanged = true;
        changed.add(user.id);
    }

    /** A later time for each thing that is said. */
    private long next() {
        newest = Math.max(clock.millis(), newest + 1);
        return newest;
    }

    /** The users who are there. */
    Collection<PartUser> all() {
        return users.values().stream().map(LocalUser::part).toList();
    }

    int users() {
        return users.size();
    }

    int links() {
        return links;
    }

    /** Whether there is anything to take. */
    boolean isChanged() {
        return countChanged || !changed.isEmpty();
    }

    boolean isEmpty() {
        return users.isEmpty();
    }

    /** What changed since the last call: the users, and empty for those who left. */
    Map<UserId, Optional<PartUser>> take() {
        Map<UserId, Optional<PartUser>> taken = LinkedHashMap.newLinkedHashMap(changed.size());
        for (UserId id : changed) {
            LocalUser user = users.get(id);
            taken.put(id, Optional.ofNullable(user).map(LocalUser::part));
        }
        changed = new HashSet<>();
        countChanged = false;
        return taken;
    }
}
