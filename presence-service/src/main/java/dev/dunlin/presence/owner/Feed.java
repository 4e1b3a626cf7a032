package dev.dunlin.presence.owner;

import dev.dunlin.protocol.bus.PresenceBatch;
import dev.dunlin.protocol.bus.SessionsWanted;
import java.util.Map;

/**
 * What goes to the connection nodes. Nothing of it is sure to arrive. Blocks. Throws
 * {@link dev.dunlin.presence.PresenceUnavailable} if the bus does not take it.
 */
public interface Feed {
    /** Publishes batches, each to those who follow the shard. */
    void publish(Map<Integer, PresenceBatch> batches);

    /** Asks nodes for lists of their sessions. */
    void ask(SessionsWanted wanted);
}
