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
        LogPosition applied) {
    /** A new channel. Its epoch is the creating record's timestamp in base 36, so that a replay makes the same. */
    static ChannelState create(CommandRecord record, @Nullable String title) {
        return new ChannelState(
                record.channel(),
                new Epoch(Long.toString(record.ts(), Character.MAX_RADIX)),
                title,
                0,
                false,
                record.ts(),
                record.ts(),
                record.position(),
                record.position());
    }

    ChannelState withEvent(CommandRecord record) {
        return new ChannelState(
                name, epoch, title, head + 1, archived, created, record.ts(), origin, record.position());
    }

    ChannelState withTitle(CommandRecord record, String newTitle) {
        return new ChannelState(name, epoch, newTitle, head, archived, created, active, origin, record.position());
    }

    ChannelState asArchived(CommandRecord record) {
        return new ChannelState(name, epoch, title, head, true, created, active, origin, record.position());
    }

    ChannelState touched(CommandRecord record) {
        return new ChannelState(name, epoch, title, head, archived, created, active, origin, record.position());
    }
}
