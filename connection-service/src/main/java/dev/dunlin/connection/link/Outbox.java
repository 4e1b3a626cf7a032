package dev.dunlin.connection.link;

import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.protocol.CloseCode;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait for a link, bounded in bytes. When it is full, it drops ephemeral frames,
 * oldest first. If that is not enough, it closes the link as a slow consumer, and the client
 * resumes without loss. Of channels where only the latest message counts, older ones are dropped
 * long before. On the link's loop.
 */
public final class Outbox {
    /**
     * Messages of a channel are replaced by later ones above this part of all bytes, or when half
     * of all bytes is used.
     */
    private static final int PART_OF_A_CHANNEL = 16;

    private final Link link;
    private final int maxBytes;
    private final ConnectionMetrics metrics;
    /** Null while the outbox is empty: most links are idle. */
    private @Nullable ArrayDeque<Waiting> entries;

    private @Nullable Queue<Runnable> whenRoomy;
    private int bytes;
    private int ephemeralBytes;
    private boolean closed;

    public Outbox(Link link, int maxBytes, ConnectionMetrics metrics) {
        this.link = link;
        this.maxBytes = maxBytes;
        this.metrics = metrics;
    }

    /** Queues a frame that must arrive. Nobody may change the array. */
    public void offer(byte[] frame) {
        add(Waiting.frame(frame, false));
    }

    /** Queues frames that must arrive. A link that has room may take them in one piece. */
    public void offer(FrameRun run) {
        if (!closed && entries == null && link.writable() && link.sendTogether(run)) {
            metrics.framesOut(run.frames().size());
        } else {
            run.frames().forEach(this::offer);
        }
    }

    /** Queues a frame that may be dropped. */
    public void offerEphemeral(byte[] frame) {
        add(Waiting.frame(frame, true));
    }

    /**
     * Queues a message that a later one of its channel may replace. A gap frame then takes its
     * place in the order of the channel.
     */
    public void offerLatest(Latest channel, long seq, byte[] frame) {
        if (closed) {
            return;
        }
        if (entries == null && link.writable()) {
            channel.givesWay = false;
        } else if (channel.givesWay || channel.bytes > maxBytes / PART_OF_A_CHANNEL || bytes > maxBytes / 2) {
            channel.givesWay = true;
            if (takesThePlaceOfTheNewest(channel, seq, frame)) {
                return;
            }
            leaveOutMessages(channel);
        }
        Waiting message = Waiting.message(frame, channel, seq);
        boolean alone = channel.messages == 0;
        if (add(message)) {
            channel.messages++;
            channel.bytes += message.cost();
            channel.newest = alone ? message : null;
            channel.gap = alone ? channel.gap : null;
        }
    }

    /** Queues an event of such a channel that must arrive, between its messages. */
    public void offerBetween(Latest channel, byte[] frame) {
        if (add(Waiting.between(frame, channel))) {
            channel.forgetOrder();
        }
    }

    private boolean takesThePlaceOfTheNewest(Latest channel, long seq, byte[] frame) {
        Waiting newest = channel.newest;
        Waiting gap = channel.gap;
        if (newest == null || gap == null || !gap.absorb(newest)) {
            return false;
        }
        int before = newest.cost();
        newest.replace(frame, seq);
        int grown = newest.cost() - before;
        bytes += grown;
        channel.bytes += grown;
        metrics.conflated(1);
        return true;
    }

    /** Turns every message of the channel that waits into a gap. */
    private void leaveOutMessages(Latest channel) {
        metrics.conflated(channel.messages);
        channel.forgetOrder();
        if (entries != null) {
            entries.removeIf(entry -> entry.channel == channel && isLeftOut(channel, entry));
        }
        channel.messages = 0;
        channel.bytes = 0;
    }

    private boolean isLeftOut(Latest channel, Waiting entry) {
        if (!entry.isMessage()) {
            channel.gap = entry.isGap() ? entry : null;
            return false;
        }
        Waiting gap = channel.gap;
        bytes -= entry.cost();
        if (gap != null && gap.absorb(entry)) {
            return true;
        }
        entry.becomeGap();
        bytes += entry.cost();
        channel.gap = entry;
        return false;
    }

    /** Returns whether the entry waits. If not, it was sent, or the link is closed. */
    private boolean add(Waiting entry) {
        if (closed) {
            return false;
        }
        if (entries == null && link.writable()) {
            write(entry.bytes());
            return false;
        }
        int cost = entry.cost();
        if (bytes + cost > maxBytes) {
            dropEphemeral(bytes + cost - maxBytes);
        }
        if (bytes + cost <= maxBytes) {
            if (entries == null) {
                entries = new ArrayDeque<>();
            }
            entries.add(entry);
            bytes += cost;
            ephemeralBytes += entry.ephemeral ? cost : 0;
            return true;
        }
        if (entry.ephemeral) {
            metrics.ephemeralDropped();
        } else {
            close();
            metrics.slowConsumer();
            link.close(CloseCode.SLOW_CONSUMER, "more than " + maxBytes + " bytes waited");
        }
        return false;
    }

    private void dropEphemeral(int needed) {
        int freed = 0;
        if (entries == null) {
            return;
        }
        for (Iterator<Waiting> all = entries.iterator(); freed < needed && ephemeralBytes > 0; ) {
            Waiting entry = all.next();
            if (entry.ephemeral) {
                all.remove();
                int cost = entry.cost();
                freed += cost;
                bytes -= cost;
                ephemeralBytes -= cost;
                metrics.ephemeralDropped();
            }
        }
        entries = entries.isEmpty() ? null : entries;
    }

    /** Writes what the link accepts. The link calls it when it has room again. */
    public void flush() {
        while (!closed && entries != null && link.writable()) {
            Waiting entry = entries.remove();
            entries = entries.isEmpty() ? null : entries;
            int cost = entry.cost();
            bytes -= cost;
            ephemeralBytes -= entry.ephemeral ? cost : 0;
            gone(entry, entry.channel);
            write(entry.bytes());
        }
        while (!closed && whenRoomy != null && roomy()) {
            Runnable next = whenRoomy.remove();
            whenRoomy = whenRoomy.isEmpty() ? null : whenRoomy;
            next.run();
        }
    }

    private static void gone(Waiting entry, @Nullable Latest channel) {
        if (channel == null) {
            return;
        }
        if (entry.isMessage()) {
            channel.messages--;
            channel.bytes -= entry.cost();
        }
        if (entry == channel.newest || entry == channel.gap) {
            channel.gap = null;
        }
        if (entry == channel.newest) {
            channel.newest = null;
        }
    }

    private void write(byte[] frame) {
        metrics.framesOut(1);
        link.send(frame);
    }

    /** Whether a replay may continue: at most a quarter is used. */
    public boolean roomy() {
        return !closed && bytes <= maxBytes / 4;
    }

    /**
     * Runs the task once {@link #roomy} is true, which may be now. Never runs it if the link is
     * closed before.
     */
    public void whenRoomy(Runnable task) {
        if (roomy()) {
            task.run();
        } else if (!closed) {
            if (whenRoomy == null) {
                whenRoomy = new ArrayDeque<>(2);
            }
            whenRoomy.add(task);
        }
    }

    /** Drops everything; nothing more is sent. */
    public void close() {
        closed = true;
        entries = null;
        whenRoomy = null;
        bytes = 0;
        ephemeralBytes = 0;
    }
}
