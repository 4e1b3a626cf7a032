package dev.dunlin.connection.bus;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Proves that the bus is alive: what this node publishes to itself must come back. A connection can
 * be open and carry nothing, for example when Redis is stopped or the path is half open. Publishers
 * have given up meanwhile. So a late echo makes the node look for missed messages, and a missing
 * one closes the connections. Hub loop only.
 */
public final class BusWatchdog {
    private final Bus bus;
    private final BusSubscriptions busSubscriptions;
    private final BusChannel channel;
    private final HubLoop loop;
    private final RandomGenerator random;
    private final Patience patience;
    private final ConnectionMetrics metrics;
    private final Consumer<byte[]> receiver = this::received;
    private @Nullable TraceId awaited;
    private int unanswered;

    /**
     * The time-outs of the watchdog.
     *
     * @param probe how often to publish a probe; an echo that takes longer is late
     * @param timeout the connections are closed after this time without an echo
     */
    public record Patience(Duration probe, Duration timeout) {
        public Patience {
            if (probe.toMillis() < 1 || timeout.compareTo(probe) <= 0) {
                throw new IllegalArgumentException(
                        "dunlin.bus.timeout must be longer than dunlin.bus.probe, and that at least 1 ms");
            }
        }
    }

    public BusWatchdog(
            Bus bus,
            BusSubscriptions busSubscriptions,
            NodeId node,
            HubLoop loop,
            RandomGenerator random,
            Patience patience,
            ConnectionMetrics metrics) {
        this.bus = bus;
        this.busSubscriptions = busSubscriptions;
        this.channel = BusChannel.ofNode(node);
        this.loop = loop;
        this.random = random;
        this.patience = patience;
        this.metrics = metrics;
    }

    /** Starts the probes. Call it once. */
    public void start() {
        var unused = busSubscriptions.subscribe(channel, receiver);
        loop.every(patience.probe(), this::tick);
    }

    private void tick() {
        if (awaited == null) {
            awaited = TraceId.next(random);
        } else if (patience.probe().multipliedBy(++unanswered).compareTo(patience.timeout()) >= 0) {
            answered();
            metrics.busReset();
            bus.reset("nothing came back for " + patience.timeout().toMillis() + " ms");
            return;
        }
        ask(awaited);
    }

    /** Publishes the same probe again: one may be lost while subscriptions are restored. */
    private void ask(TraceId probe) {
        var unused = bus.publish(
                        channel, BusMessage.ephemeral(probe, null, new byte[0]).encode())
                .whenComplete((sent, failure) -> {
                    if (failure != null) {
                        loop.execute(() -> notSent(probe));
                    }
                });
    }

    /** There is no connection to close: it is being opened. */
    private void notSent(TraceId probe) {
        if (probe.equals(awaited)) {
            answered();
        }
    }

    private void received(byte[] payload) {
        try {
            if (BusMessage.decode(payload).trace().equals(awaited)) {
                boolean late = unanswered > 0;
                answered();
                if (late) {
                    metrics.busLate();
                    busSubscriptions.suspect();
                }
            }
        } catch (InvalidInput e) {
            // Replies logs what is no bus message.
        }
    }

    private void answered() {
        awaited = null;
        unanswered = 0;
    }
}
