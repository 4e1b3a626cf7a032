package dev.dunlin.presence.visibility;

import dev.dunlin.presence.PresenceSettings;
import dev.dunlin.presence.status.Standing;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.VisibleTo;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides who sees the presence of whom. Called on virtual threads. */
@Singleton
public final class Visibility {
    private final KnownRelations relations;
    private final VisibleTo usual;

    Visibility(RelationSource source, PresenceSettings settings) {
        this.usual = settings.visibleTo();
        this.relations = new KnownRelations(source, settings.relationsKept());
    }

    /**
     * Those of the users whose presence the viewer may not see. Throws
     * {@link dev.dunlin.presence.PresenceUnavailable} if that cannot be found out.
     *
     * @param fresh whether it must be as it is now, and not as it was a moment ago
     */
    public Set<UserId> hidden(UserId viewer, Collection<Standing> users, boolean fresh) {
        Set<UserId> others = users.stream()
                .map(Standing::user)
                .filter(user -> !user.equals(viewer))
                .collect(Collectors.toSet());
        Map<UserId, Relation> related = relations.find(viewer, others, fresh);
        return users.stream()
                .filter(user -> {
                    Relation relation = related.get(user.user());
                    return relation != null && !relation.sees(visibleTo(user));
                })
                .map(Standing::user)
                .collect(Collectors.toSet());
    }

    /** Who sees the presence of a user. */
    public VisibleTo visibleTo(Standing user) {
        VisibleTo chosen = user.chosen().visibleTo();
        return chosen == null ? usual : chosen;
    }
}
