package dev.dunlin.benchmark.storm;

import dev.dunlin.benchmark.swarm.Json;
import dev.dunlin.benchmark.websocket.Link;
import dev.dunlin.benchmark.websocket.Upgrade;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one message to each channel about every second, on whichever node answers. It repeats a
 * message until it is acknowledged; its id makes it one message. Runs on its own thread until
 * {@link #stop}; an interrupted benchmark ends it with the process.
 */
final class Publisher {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long BETWEEN_ROUNDS_NANOS = 1_000_000_000;
    private static final long PAUSE_NANOS = 500_000_000;

    private final List<URI> nodes;
    private final String token;
    private final List<String> channels;
    private final AtomicLongArray heads;
    private final AtomicInteger repeated = new AtomicInteger();
    private final Thread thread = Thread.ofPlatform().name("publisher").daemon().unstarted(this::run);
    private volatile boolean stopping;
    private int node;
    private @Nullable Link link;

    Publisher(List<URI> nodes, String token, List<String> channels) {
        this.nodes = List.copyOf(nodes);
        this.token = token;
        this.channels = List.copyOf(channels);
        this.heads = new AtomicLongArray(channels.size());
    }

    /** Publishes the first round, which makes the channels, and then starts the thread. Blocks. */
    void start() {
        round(0);
        thread.start();
    }

    /** Ends it after the round that it is in; blocks. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
        cut();
    }

    /** The seq of the last message of a channel that was acknowledged. */
    long head(int channel) {
        return heads.get(channel);
    }

    /** How often a publish was not answered and was repeated. */
    int repeated() {
        return repeated.get();
    }

    private void run() {
        for (int round = 1; !stopping; round++) {
            round(round);
            LockSupport.parkNanos(BETWEEN_ROUNDS_NANOS);
        }
    }

    private void round(int round) {
        for (int channel = 0; channel < channels.size(); channel++) {
            heads.set(channel, publish(round, channel));
        }
    }

    private long publish(int round, int channel) {
        String id = "m" + round;
        String frame =
                "{\"type\":\"publish\",\"ref\":\"%s-%d\",\"channel\":\"%s\",\"id\":\"%s\",\"data\":{\"text\":\"storm\"}}"
                        .formatted(id, channel, channels.get(channel), id);
        while (true) {
            try {
                long seq = ask(frame, id + "-" + channel);
                if (seq >= 0) {
                    return seq;
                }
            } catch (IOException e) {
                cut();
                node++;
            }
            repeated.incrementAndGet();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The seq in the ack; -1 without one. */
    private long ask(String frame, String ref) throws IOException {
        Link open = link;
        if (open == null) {
            open = Link.open(nodes.get(node % nodes.size()), Upgrade.dunlin(token));
            link = open;
        }
        open.send(frame.getBytes(StandardCharsets.US_ASCII));
        long[] seq = {-1};
        var unused = open.await(
                text -> {
                    boolean answered = text.contains("\"ref\":\"" + ref + "\"");
                    if (answered && text.contains("\"type\":\"ack\"")) {
                        seq[0] = Json.number(text.substring(text.indexOf("\"ref\":\"" + ref + "\"")), "seq");
                    }
                    return answered;
                },
                ANSWER);
        return seq[0];
    }

    private void cut() {
        Link open = link;
        link = null;
        if (open != null) {
            open.close();
        }
    }
}
