package dev.dunlin.connection.link;

import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.protocol.CloseCode;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;

/**
 * The frames that wait for a link, bounded in bytes. When it is full, ephemeral frames go first, oldest first; when that is not enough the link is closed as a slow
 * consumer, and the client resumes without loss. On the link's loop only.
 */
public final class Outbox {
    private final Link link;
    private final int maxBytes;
    private final ConnectionMetrics metrics;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>(2);
    private final Queue<Runnable> whenRoomy = new ArrayDeque<>(2);
    private int bytes;
    private int ephemeralBytes;
    private boolean closed;

    public Outbox(Link link, int maxBytes, ConnectionMetrics metrics) {
        this.link = link;
        this.maxBytes = maxBytes;
        this.metrics = metrics;
    }

    @SuppressWarnings("ArrayRecordComponent") // the same bytes go to every link
    private record Entry(byte[] frame, boolean ephemeral) {
        static int cost(byte[] frame) {
            return frame.length + 32;
        }
    }

    /** Queues a frame that must arrive. Nobody may change the array. */
    public void offer(byte[] frame) {
        add(frame, false);
    }

    /** Queues a frame that may be dropped. */
    public void offerEphemeral(byte[] frame) {
        add(frame, true);
    }

    private void add(byte[] frame, boolean ephemeral) {
        if (closed) {
            return;
        }
        if (entries.isEmpty() && link.writable()) {
            write(frame);
            return;
        }
        int cost = Entry.cost(frame);
        if (bytes + cost > maxBytes) {
            dropEphemeral(bytes + cost - maxBytes);
        }
        if (bytes + cost <= maxBytes) {
            entries.add(new Entry(frame, ephemeral));
            bytes += cost;
            ephemeralBytes += ephemeral ? cost : 0;
        } else if (ephemeral) {
            metrics.ephemeralDropped();
        } else {
            close();
            metrics.slowConsumer();
            link.close(CloseCode.SLOW_CONSUMER, "more than " + maxBytes + " bytes waited");
        }
    }

    private void dropEphemeral(int needed) {
        int freed = 0;
        for (Iterator<Entry> all = entries.iterator(); freed < needed && ephemeralBytes > 0; ) {
            Entry entry = all.next();
            if (entry.ephemeral()) {
                all.remove();
                int cost = Entry.cost(entry.frame());
                freed += cost;
                bytes -= cost;
                ephemeralBytes -= cost;
                metrics.ephemeralDropped();
            }
        }
    }

    /** Writes what the link takes; the link calls it when it takes more again. */
    public void flush() {
        while (!closed && !entries.isEmpty() && link.writable()) {
            Entry entry = entries.remove();
            int cost = Entry.cost(entry.frame());
            bytes -= cost;
            ephemeralBytes -= entry.ephemeral() ? cost : 0;
            write(entry.frame());
        }
        while (!closed && !whenRoomy.isEmpty() && roomy()) {
            whenRoomy.remove().run();
        }
    }

    private void write(byte[] frame) {
        metrics.frameOut();
        link.send(frame);
    }

    /** Whether a replay may go on: no more than a quarter is used. */
    public boolean roomy() {
        return !closed && bytes <= maxBytes / 4;
    }

    /** Runs the task once when {@link #roomy} is true again; never, if the link is closed before. Now, if it is. */
    public void whenRoomy(Runnable task) {
        if (roomy()) {
            task.run();
        } else if (!closed) {
            whenRoomy.add(task);
        }
    }

    /** Forgets everything: nothing is sent any more. */
    public void close() {
        closed = true;
        entries.clear();
        whenRoomy.clear();
        bytes = 0;
        ephemeralBytes = 0;
    }
}
