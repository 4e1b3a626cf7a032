package dev.dunlin.connection.publish;

import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.ClientFrame;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Combines the read and received marks of one session before they become commands. Marks of a
 * channel within one {@link #TICK} become one command with the highest seq of each kind. A
 * {@code received} that the {@code read} covers is dropped. The tick begins with the first mark. On
 * the session's loop.
 */
public final class Marks {
    /** How long a mark may wait. */
    public static final Duration TICK = Duration.ofMillis(250);

    private static final int MOST_CHANNELS = 256;

    private final Timer timer;
    private final Consumer<ClientFrame.MarkFrame> send;
    private final ConnectionMetrics metrics;
    private final Map<ChannelName, Pending> pending = new LinkedHashMap<>();

    /** Runs a task on the session's loop after a moment. */
    @FunctionalInterface
    public interface Timer {
        void after(Duration delay, Runnable task);
    }

    /** 0 means that there is none. */
    private record Pending(long read, long received) {
        Pending with(Pending other) {
            return new Pending(Math.max(read, other.read), Math.max(received, other.received));
        }
    }

    /** @param send gets the {@code read} and {@code received} frames that are left */
    public Marks(Timer timer, Consumer<ClientFrame.MarkFrame> send, ConnectionMetrics metrics) {
        this.timer = timer;
        this.send = send;
        this.metrics = metrics;
    }

    /** Keeps a mark until the next tick. */
    public void handle(ClientFrame.MarkFrame frame) {
        add(
                frame.channel(),
                switch (frame) {
                    case ClientFrame.Read read -> new Pending(read.seq(), 0);
                    case ClientFrame.Received received -> new Pending(0, received.seq());
                });
    }

    /** Sends all marks that wait now. */
    public void flush() {
        List<Map.Entry<ChannelName, Pending>> due = List.copyOf(pending.entrySet());
        pending.clear();
        for (Map.Entry<ChannelName, Pending> mark : due) {
            Pending of = mark.getValue();
            if (of.read() > 0) {
                send.accept(new ClientFrame.Read(mark.getKey(), of.read()));
            }
            if (of.received() > of.read()) {
                send.accept(new ClientFrame.Received(mark.getKey(), of.received()));
            }
        }
    }

    private void add(ChannelName channel, Pending mark) {
        if (pending.isEmpty()) {
            timer.after(TICK, this::flush);
        } else if (pending.size() >= MOST_CHANNELS && !pending.containsKey(channel)) {
            flush();
            timer.after(TICK, this::flush);
        }
        Pending before = pending.get(channel);
        pending.put(channel, before == null ? mark : before.with(mark));
        if (before != null) {
            metrics.markConflated();
        }
    }
}
