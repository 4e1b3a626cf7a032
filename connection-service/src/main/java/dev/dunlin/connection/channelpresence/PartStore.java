package dev.dunlin.connection.channelpresence;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the parts of channels' presence for other nodes and later readers. Any thread, never
 * blocks. Stages complete on any thread; they fail if the store cannot be reached in time, and then
 * it is unknown whether a write was carried out.
 */
public interface PartStore {
    /**
     * A change of this node's part.
     *
     * @param before what the store must have for the change to apply; absent if {@code users} are
     *     all of the part
     * @param users user -> what is stored of it, empty to remove it
     */
    record Change(PartHead head, @Nullable PartHead before, Map<UserId, Optional<PartUser>> users) {
        boolean whole() {
            return before == null;
        }
    }

    /**
     * Writes a change, all or nothing. A part without users and links is removed. Completes with
     * false if the store has lost what was before: then write the whole part.
     */
    CompletionStage<Boolean> write(ChannelName channel, NodeId life, Change change);

    /**
     * Lets a part live on, and returns the number of its last change; empty if the store lost it.
     */
    CompletionStage<Optional<Long>> touch(ChannelName channel, NodeId life);

    /** What each node has of a channel. */
    CompletionStage<Map<NodeId, PartHead>> heads(ChannelName channel);

    /** The users of these parts. Changes after the heads were read may be in it. */
    CompletionStage<Map<NodeId, List<PartUser>>> users(ChannelName channel, Collection<NodeId> lives);

    /** Removes the part of a node that is dead. */
    CompletionStage<Void> remove(ChannelName channel, NodeId life);

    /** Which of these runs of nodes have no lease. */
    CompletionStage<Collection<NodeId>> withoutLease(Collection<NodeId> lives);
}
