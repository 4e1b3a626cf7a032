package dev.dunlin.message.cassandra;

import dev.dunlin.protocol.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The partition of a row. Tables with the same partition key share it: Cassandra applies a batch of
 * rows of one partition as one write.
 */
record Partition(List<Object> key) {
    /** A part of a channel's log: events, messages, reactions and edits. */
    static Partition ofBucket(ChannelRow channel, long bucket) {
        return new Partition(List.of("bucket", channel.name(), channel.epoch(), bucket));
    }

    /** Members and marks of a channel. */
    static Partition ofUsersIn(ChannelRow channel) {
        return new Partition(List.of("users", channel.name(), channel.epoch()));
    }

    /** Everything that is found by user alone. */
    static Partition ofUser(UserId user) {
        return new Partition(List.of("user", user));
    }

    static Partition of(Object... key) {
        return new Partition(List.of(key));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Partition that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
