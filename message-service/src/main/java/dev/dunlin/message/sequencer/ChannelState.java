package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import org.jspecify.annotations.Nullable;

/**
 * A channel as the sequencer left it.
 *
 * @param head     the newest seq, 0 if there is no event
 * @param created  milliseconds since 1970
 * @param active   when the newest event happened, milliseconds since 1970; {@code created} if there is none
 * @param origin   the record that created the channel
 * @param applied  the newest record that changed the channel; records up to here change nothing any more
 * @param life     where it is between creation and deletion
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
     * A new channel. Its epoch is the creating record's timestamp in base 36, so that a replay makes the same; where one of that name was deleted before, a later
     * one than that one's.
     */
    static ChannelState create(CommandRecord record, @Nullable String title, @Nullable ChannelState deleted) {
        return new ChannelState(
                record.channel(),
                deleted == null ? epoch(record.ts()) : epoch(Math.max(record.ts(), number(deleted.epoch()) + 1)),
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

    private static Epoch epoch(long ts) {
        return new Epoch(Long.toString(ts, Character.MAX_RADIX));
    }

    private static long number(Epoch epoch) {
        return Long.parseLong(epoch.value(), Character.MAX_RADIX);
    }
}
