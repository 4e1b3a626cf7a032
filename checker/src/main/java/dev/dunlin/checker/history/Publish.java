package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.UserId;

/**
 * One publish, from its first attempt to its answer. The same user may publish the same id in the
 * same channel again: that is another {@code Publish} of the same message. Times are monotonic, in
 * nanoseconds since the start of the check.
 *
 * @param sender the client of the workload, with its transport
 */
public record Publish(
        String sender,
        ChannelName channel,
        UserId user,
        ClientMessageId id,
        String content,
        long invokedAt,
        long answeredAt,
        Answer answer) {
    /** Identifies a message: the rule of {@code docs/protocol.md} section 8. */
    public record Key(ChannelName channel, UserId user, ClientMessageId id) {}

    public Key key() {
        return new Key(channel, user, id);
    }
}
