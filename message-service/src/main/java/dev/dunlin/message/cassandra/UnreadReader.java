package dev.dunlin.message.cassandra;

import dev.dunlin.protocol.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads what a user has not read of a channel. Reads of the mark start when this is made, and those
 * for the counts when the mark is there.
 *
 * <p>Unread is the head less the read mark less the user's own events after it. Those are counted
 * in the newest {@link #MAX_BUCKETS} buckets only: a user who never reads and publishes much (a
 * ticker) has its older events counted as unread. Mentions are counted up to {@link #MAX_MENTIONS}.
 */
final class UnreadReader {
    static final int MAX_BUCKETS = 10;
    static final int MAX_MENTIONS = 1_000;

    private final Tables tables;
    private final ChannelRow channel;
    private final UserId user;
    private final Pending<MarkTable.Stored> mark;
    private final Pending<Floor> floor;

    UnreadReader(Tables tables, ChannelRow channel, UserId user) {
        this.tables = tables;
        this.channel = channel;
        this.user = user;
        this.mark = tables.marks().start(channel, user);
        this.floor = tables.retained().start(channel);
    }

    /** What is not read. */
    record Unread(long read, long events, long mentions) {}

    /** The read mark, 0 if there is none. */
    long read() {
        return mark.first().map(found -> found.read(channel.head())).orElse(0L);
    }

    long received() {
        return mark.first().map(found -> found.received(channel.head())).orElse(0L);
    }

    /** {@code blocks} are the user's, and read only if it is mentioned. */
    Unread unread(BlockList blocks) {
        long read = read();
        long base = base(read);
        if (base >= channel.head()) {
            return new Unread(read, 0, 0);
        }
        List<Pending<Long>> own = startOwn(base);
        long mentions = mentions(base, blocks);
        return new Unread(read, events(base, own), mentions);
    }

    /** The events alone. Waits for the mark and starts the counts; the result waits for those. */
    Supplier<Long> startEvents() {
        long base = base(read());
        if (base >= channel.head()) {
            return () -> 0L;
        }
        List<Pending<Long>> own = startOwn(base);
        return () -> events(base, own);
    }

    /** What is not counted: up to the mark, and what retention has removed. */
    private long base(long read) {
        return Math.max(read, floor.first().orElse(Floor.NONE).first() - 1);
    }

    private long events(long base, List<Pending<Long>> own) {
        long mine = own.stream().mapToLong(count -> count.first().orElseThrow()).sum();
        return Math.max(0, channel.head() - base - mine);
    }

    private List<Pending<Long>> startOwn(long base) {
        Buckets buckets = tables.buckets();
        long last = buckets.of(channel.head());
        List<Pending<Long>> counts = new ArrayList<>();
        for (long bucket = Math.max(buckets.of(base + 1), last - MAX_BUCKETS + 1); bucket <= last; bucket++) {
            counts.add(tables.authored().startCount(channel, user, bucket, base));
        }
        return counts;
    }

    private long mentions(long base, BlockList blocks) {
        return new Newest(tables, channel)
                .present(tables.mentions().after(channel, user, base, MAX_MENTIONS), MentionTable.Stored::seq).stream()
                        .filter(mention -> !blocks.contains(mention.sender()))
                        .count();
    }
}
