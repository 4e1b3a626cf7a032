package dev.dunlin.push.event;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.push.schedule.Pending.Deleted;
import dev.dunlin.push.schedule.Pending.Read;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The events of a batch in one epoch of a channel. Their order does not matter any more: a read
 * mark covers what has a lower seq, and a deletion follows what it deletes. Used by one thread.
 */
final class ChannelBatch {
    private final ChannelName channel;
    private final Epoch epoch;
    private final List<Heard> messages = new ArrayList<>();
    private final Map<UserId, Long> reads = new HashMap<>();
    private final Set<Long> deleted = new HashSet<>();

    ChannelBatch(ChannelName channel, Epoch epoch) {
        this.channel = channel;
        this.epoch = epoch;
    }

    void add(Heard heard) {
        switch (heard.event().event()) {
            case ServerFrame.Message _ -> messages.add(heard);
            case ServerFrame.Read read -> reads.merge(read.from(), read.seq(), Math::max);
            case ServerFrame.Deleted gone -> deleted.add(gone.target());
            case ServerFrame.MemberJoined _,
                    ServerFrame.MemberLeft _,
                    ServerFrame.Edited _,
                    ServerFrame.Reacted _,
                    ServerFrame.Received _,
                    ServerFrame.Signal _,
                    ServerFrame.Typing _,
                    ServerFrame.PresenceDiff _,
                    ServerFrame.Occupancy _ -> {}
        }
    }

    /** Forgets messages that were sent too long ago. */
    void dropOlder(Predicate<Instant> tooOld) {
        messages.removeIf(
                heard -> tooOld.test(Instant.ofEpochMilli(message(heard).ts())));
    }

    static ServerFrame.Message message(Heard heard) {
        return (ServerFrame.Message) heard.event().event();
    }

    ChannelName channel() {
        return channel;
    }

    Epoch epoch() {
        return epoch;
    }

    List<Heard> messages() {
        return messages;
    }

    /** A user who published in the channel; empty if there are no messages. */
    Optional<UserId> sender() {
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(message(messages.getFirst()).from());
    }

    /** The seq of the first message. */
    long firstSeq() {
        return message(messages.getFirst()).seq();
    }

    boolean isDeleted(long seq) {
        return deleted.contains(seq);
    }

    /** Up to where the user has read by the marks of this batch, or 0. */
    long readBy(UserId user) {
        return reads.getOrDefault(user, 0L);
    }

    List<Read> reads() {
        return reads.entrySet().stream()
                .map(read -> new Read(channel, epoch, read.getKey(), read.getValue()))
                .toList();
    }

    List<Deleted> deleted() {
        return deleted.stream().map(seq -> new Deleted(channel, epoch, seq)).toList();
    }
}
