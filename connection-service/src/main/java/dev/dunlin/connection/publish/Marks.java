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
 * Read and received marks of one session on their way: those of a channel that come within a moment become one command with the highest seq of each kind, and a {@code received}
 * that the {@code read} covers becomes none. The moment begins with the first mark. On the session's loop.
 */
public final class Marks {
    /** How long a mark may wait. */
    public static final Duration TICK = Duration.ofMillis(250);

    private static final int MOST_CHANNELS = 256;

    private final Timer timer;
    private final Consumer<ClientFrame.LogFrame> send;
    private final ConnectionMetrics metrics;
    private final Map<ChannelName, Pending> pending = new LinkedHashMap<>();

    /** Runs a task on the session's loop after a moment. */
    @FunctionalInterface
    public interface Timer {
        void after(Duration delay, Runnable task);
    }

    /** 0 where there is none. */
    private record Pending(long read, long received) {
        Pending with(Pending other) {
            return new Pending(Math.max(read, other.read), Math.max(received, other.received));
        }
    }

    /**
     * @param send gets the {@code read} and {@code received} frames that are left
     */
    public Marks(Timer timer, Consumer<ClientFrame.LogFrame> send, ConnectionMetrics metrics) {
        this.timer = timer;
        this.send = send;
        this.metrics = metrics;
    }

    public void read(ClientFrame.Read frame) {
        add(frame.channel(), new Pending(frame.seq(), 0));
    }

    public void received(ClientFrame.Received frame) {
        add(frame.channel(), new Pending(0, frame.seq()));
    }

    /** Sends all that waits, because the session ends or for any other reason. */
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
