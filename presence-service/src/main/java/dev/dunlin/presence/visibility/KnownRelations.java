package dev.dunlin.presence.visibility;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.Relations;
import dev.dunlin.protocol.http.RelationsQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Relations of users, kept for a short time. Thread-safe; blocks. */
final class KnownRelations {
    private static final int MOST = 200_000;

    private final RelationSource source;
    private final Cache<Pair, Relation> known;

    private record Pair(UserId viewer, UserId user) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Pair that && viewer.equals(that.viewer) && user.equals(that.user);
        }

        @Override
        public int hashCode() {
            return 31 * viewer.hashCode() + user.hashCode();
        }
    }

    /** @param keep how long an answer is used again */
    KnownRelations(RelationSource source, Duration keep) {
        this.source = source;
        this.known =
                Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(keep).build();
    }

    /** The relation of each of these users; {@code fresh}: as it is now. */
    Map<UserId, Relation> find(UserId viewer, Collection<UserId> users, boolean fresh) {
        Map<UserId, Relation> found = new HashMap<>();
        List<UserId> asked = new ArrayList<>();
        for (UserId user : users) {
            Relation relation = fresh ? null : known.getIfPresent(new Pair(viewer, user));
            if (relation == null) {
                asked.add(user);
            } else {
                found.put(user, relation);
            }
        }
        for (int from = 0; from < asked.size(); from += RelationsQuery.MOST) {
            List<UserId> next = asked.subList(from, Math.min(asked.size(), from + RelationsQuery.MOST));
            Relations relations = source.relations(viewer, next);
            for (UserId user : next) {
                Relation relation = new Relation(
                        relations.contacts().contains(user),
                        relations.members().contains(user),
                        relations.blocking().contains(user));
                known.put(new Pair(viewer, user), relation);
                found.put(user, relation);
            }
        }
        return found;
    }
}
