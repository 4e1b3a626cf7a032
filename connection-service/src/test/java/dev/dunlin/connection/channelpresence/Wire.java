package dev.dunlin.connection.channelpresence;

import dev.dunlin.connection.bus.Bus;
import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.protocol.bus.BusChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A bus between several nodes, which can lose messages. */
final class Wire {
    private static final Duration FLIGHT = Duration.ofMillis(2);

    private final HubLoop loop;
    private final List<BusSubscriptions> nodes = new ArrayList<>();
    private int losing;
    private boolean unreachable;

    Wire(HubLoop loop) {
        this.loop = loop;
    }

    void connect(BusSubscriptions node) {
        nodes.add(node);
    }

    void disconnect(BusSubscriptions node) {
        nodes.remove(node);
    }

    /** Loses the next messages. */
    void lose(int messages) {
        losing = messages;
    }

    void unreachable(boolean isUnreachable) {
        unreachable = isUnreachable;
    }

    /** Every node has lost its connection, and has it again. */
    void reconnect() {
        List.copyOf(nodes).forEach(BusSubscriptions::suspect);
    }

    Bus bus() {
        return new Bus() {
            @Override
            public CompletionStage<Void> subscribe(BusChannel channel) {
                CompletableFuture<Void> confirmed = new CompletableFuture<>();
                loop.after(FLIGHT, () -> {
                    if (unreachable) {
                        confirmed.completeExceptionally(new IOException("unreachable"));
                    } else {
                        confirmed.complete(null);
                    }
                });
                return confirmed;
            }

            @Override
            public void unsubscribe(BusChannel channel) {}

            @Override
            public CompletionStage<Void> publish(BusChannel channel, byte[] payload) {
                if (unreachable || losing > 0) {
                    losing = Math.max(0, losing - 1);
                    return CompletableFuture.completedStage(null);
                }
                loop.after(FLIGHT, () -> List.copyOf(nodes).forEach(node -> node.received(channel, payload)));
                return CompletableFuture.completedStage(null);
            }

            @Override
            public void reset(String why) {}
        };
    }
}
