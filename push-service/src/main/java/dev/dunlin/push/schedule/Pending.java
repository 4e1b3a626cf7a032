package dev.dunlin.push.schedule;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.preference.Preferences;
import dev.dunlin.push.provider.Providers.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What devices are to show, and what they show: a row for each device and channel, so that many
 * messages of a channel make one notification. It outlives the process. Every method blocks and is
 * called on virtual threads; throws {@link dev.dunlin.push.Unreachable}. Safe for many threads and
 * processes at once.
 */
public interface Pending {
    /**
     * Records messages and what was decided of them, removes from rows what was read or deleted,
     * then adds to rows. A repeated call changes nothing, also after one that failed half-way: a
     * row knows the newest message that was decided on.
     */
    void apply(Changes changes, Instant now);

    /**
     * Claims at most {@code most} rows that are due, and of each origin at most what there is room
     * for. No other caller gets them until {@code lease} ends; then they are due again, so a
     * process that dies loses none. Rows that cannot be read are dropped.
     */
    Claims claim(Instant now, Duration lease, int most, Room room);

    /** When the next row is due, or since when, except of {@code closed}; empty if none is. */
    Optional<Instant> nextDue(Set<String> closed);

    /** What is recorded of messages; those of which nothing is are missing. */
    Map<Message.Key, Message> messages(Collection<Message.Key> keys);

    /** Records what became of claimed rows. */
    void settle(List<Settled> settled, Instant now);

    /** Makes rows due again that were given up since then; returns how many. */
    int replay(Instant since, Collection<DeviceId> devices, Instant now);

    /** How many rows have something to send. */
    long count();

    /** Deletes messages and rows that changed last before that time, shown ones later. */
    void forget(Instant before, Instant shownBefore);

    /** All changes of a batch. */
    record Changes(List<Message> messages, List<Read> reads, List<Deleted> deleted, List<Addition> additions) {}

    /**
     * A message of which somebody may be notified, without what it says.
     *
     * @param sent in milliseconds since 1970
     * @param verdict of all members with devices who are not in {@code verdicts}
     */
    record Message(
            Key key,
            ClientMessageId id,
            UserId sender,
            long sent,
            TraceId trace,
            Reason verdict,
            Map<UserId, Reason> verdicts) {
        /** Which message. */
        public record Key(ChannelName channel, Epoch epoch, long seq) {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Key that
                        && seq == that.seq
                        && channel.equals(that.channel)
                        && epoch.equals(that.epoch);
            }

            @Override
            public int hashCode() {
                return 31 * (31 * channel.hashCode() + epoch.hashCode()) + Long.hashCode(seq);
            }
        }
    }

    /** The user has read everything up to a seq. */
    record Read(ChannelName channel, Epoch epoch, UserId user, long seq) {}

    /** A message was deleted. */
    record Deleted(ChannelName channel, Epoch epoch, long seq) {}

    /** Of how many messages a row has the seqs: of more it has the newest. */
    int KEPT = 20;

    /**
     * Messages that a device is to show.
     *
     * @param seqs of the newest {@link #KEPT}, oldest first
     * @param count how many there are
     * @param due not before
     */
    record Addition(
            DeviceId device,
            UserId user,
            ChannelName channel,
            Epoch epoch,
            String origin,
            List<Long> seqs,
            int count,
            boolean mentioned,
            Instant due) {
        /** The newest of the messages. */
        public long newest() {
            return seqs.getLast();
        }
    }

    /** Claimed rows, and why others could not be read, by device and channel. */
    record Claims(List<Claimed> claimed, Map<String, String> unreadable) {
        static final Claims NONE = new Claims(List.of(), Map.of());
    }

    /**
     * A claimed row.
     *
     * @param seqs the newest messages to show, oldest first; none: what is shown is to be taken
     *     away
     * @param newest the newest message that was decided on
     * @param count how many messages there are to show
     * @param quiet whether it replaces what is shown, without a sound
     * @param waiting since when it is due
     * @param attempt 1 the first time
     * @param shown the newest message that the device shows, 0 if none
     * @param sent how often the device was notified in this minute
     */
    record Claimed(
            Device device,
            Preferences preferences,
            ChannelName channel,
            Epoch epoch,
            String origin,
            List<Long> seqs,
            long newest,
            int count,
            boolean mentioned,
            boolean quiet,
            Instant waiting,
            int attempt,
            long shown,
            int sent) {
        /** Whether what is shown is to be taken away. */
        public boolean clears() {
            return seqs.isEmpty();
        }

        /** There is one row for each device and channel. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Claimed that
                    && device.id().equals(that.device.id())
                    && channel.equals(that.channel);
        }

        @Override
        public int hashCode() {
            return 31 * device.id().hashCode() + channel.hashCode();
        }
    }

    /** What became of a claimed row. */
    sealed interface Settled {
        Claimed row();

        /** The device shows the message {@code seq}. */
        record Shown(Claimed row, long seq) implements Settled {}

        /** The device shows nothing any more. */
        record Cleared(Claimed row) implements Settled {}

        /** Nothing is sent of the messages that were claimed. */
        record Ended(Claimed row, Reason reason) implements Settled {}

        /** All attempts failed; {@link Pending#replay} tries again. */
        record GivenUp(Claimed row, Reason reason, String error) implements Settled {}

        /** The attempt failed; the next one is due at {@code due}. */
        record Retried(Claimed row, Instant due, String error) implements Settled {}

        /**
         * It waits, and this attempt does not count. {@code afresh}: it counts as due since
         * {@code due}.
         */
        record Postponed(Claimed row, Instant due, boolean afresh) implements Settled {}
    }
}
