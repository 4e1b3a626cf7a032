package dev.dunlin.presence.owner;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.kafka.SessionList;
import dev.dunlin.protocol.kafka.SessionList.Listed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins the parts of lists. A list whose beginning was not seen is dropped: it is asked for again.
 * For one thread.
 */
final class ListParts {
    private final Map<NodeId, Begun> begun = new HashMap<>();

    private record Begun(long at, int parts, List<Listed> sessions) {}

    /** A whole list. */
    record Whole(NodeId node, long at, List<Listed> sessions) {}

    /** Takes a part; returns the list if this was its last. */
    Optional<Whole> take(SessionList part) {
        Begun before = begun.remove(part.node());
        if (part.part() == 0) {
            before = new Begun(part.at(), 0, new ArrayList<>());
        } else if (before == null || before.at() != part.at() || before.parts() != part.part()) {
            return Optional.empty();
        }
        before.sessions().addAll(part.sessions());
        if (part.last()) {
            return Optional.of(new Whole(part.node(), part.at(), before.sessions()));
        }
        begun.put(part.node(), new Begun(part.at(), part.part() + 1, before.sessions()));
        return Optional.empty();
    }
}
