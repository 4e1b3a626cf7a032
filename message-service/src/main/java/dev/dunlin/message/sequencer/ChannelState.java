package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import org.jspecify.annotations.Nullable;

/**
 * A channel as the sequencer left it.
 *
 * @param head the newest seq, 0 if there is no event
 * @param created milliseconds since 1970
 * @param active when the newest event happened, milliseconds since 1970; {@code created} if there
 *     is none
 * @param origin the record that created the channel
 * @param applied the newest record that changed the channel; records up to here change nothing any
 *     more
 * @param life where it is between creation and deletion
 */
public record ChannelState(
        ChannelName name,
        Epoch epoch,
        @Nullable String title,
        long head,
        boolean archived,
        long created,
        long active,
        LogPosition origin,
        LogPosition applied,
        Life life) {
    /** A live channel. */
    public ChannelState(
            ChannelName name,
            Epoch epoch,
            @Nullable String title,
            long head,
            boolean archived,
            long created,
            long active,
            LogPosition origin,
            LogPosition applied) {
        this(name, epoch, title, head, archived, created, active, origin, applied, Life.LIVE);
    }

    /**
     * A new channel. Its epoch is known before it is created: that of the store's birth, or the one
     * after the epoch of a deleted channel of that name. A state without a store uses the timestamp
     * of the creating record.
     */
    static ChannelState create(
            LogState state, CommandRecord record, @Nullable String title, @Nullable ChannelState deleted) {
        Epoch first = state.first().orElseGet(() -> epoch(record.ts()));
        return new ChannelState(
                record.channel(),
                deleted == null ? first : next(deleted.epoch()),
                title,
                0,
                false,
                record.ts(),
                record.ts(),
                record.position(),
                record.position());
    }

    /** With one more event, which happened at {@code ts}. */
    ChannelState withEvent(CommandRecord record, long ts) {
        return new ChannelState(name, epoch, title, head + 1, archived, created, ts, origin, record.position(), life);
    }

    ChannelState withTitle(CommandRecord record, @Nullable String newTitle, boolean nowArchived) {
        return new ChannelState(
                name, epoch, newTitle, head, nowArchived, created, active, origin, record.position(), life);
    }

    ChannelState asArchived(CommandRecord record) {
        return withTitle(record, title, true);
    }

    ChannelState living(CommandRecord record, Life now) {
        return new ChannelState(name, epoch, title, head, archived, created, active, origin, record.position(), now);
    }

    ChannelState touched(CommandRecord record) {
        return living(record, life);
    }

    /** The epoch of a numbering that begins with a time: milliseconds since 1970 in base 36. */
    public static Epoch epoch(long ts) {
        return new Epoch(Long.toString(ts, Character.MAX_RADIX));
    }

    /** The epoch of the next channel of a name whose last one had the epoch {@code deleted}. */
    public static Epoch next(Epoch deleted) {
        return epoch(Long.parseLong(deleted.value(), Character.MAX_RADIX) + 1);
    }
}
