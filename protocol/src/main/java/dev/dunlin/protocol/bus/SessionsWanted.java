package dev.dunlin.protocol.bus;

import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks nodes for a {@link dev.dunlin.protocol.kafka.SessionList} of each of these shards, on
 * {@link BusChannel#SESSIONS_WANTED}. It may be lost: who asks repeats it.
 *
 * @param node the node that is asked; all if absent
 */
public record SessionsWanted(@Nullable NodeId node, List<Integer> shards) {
    public SessionsWanted {
        Check.required("shards", shards);
        shards = List.copyOf(shards);
    }
}
