package dev.dunlin.checker.transport.socket;

import dev.dunlin.client.link.Link;
import dev.dunlin.client.link.LinkConnector;
import dev.dunlin.client.link.LinkListener;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.FrameReader;
import dev.dunlin.protocol.frame.ServerFrame;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One bare link. It reads no more from the network while {@link #QUEUE} texts wait to be polled, so
 * a slow reader is a slow client. One thread polls.
 */
final class SocketLink implements AutoCloseable {
    private static final int QUEUE = 64;
    private static final Duration OPENING = Duration.ofSeconds(12);

    private final BlockingQueue<String> inbox = new ArrayBlockingQueue<>(QUEUE);
    private volatile boolean ended;
    private volatile boolean givenUp;
    private @Nullable Link link;

    private SocketLink() {}

    /** Opens a link; fails if the suite refuses it or is unreachable. */
    static SocketLink open(LinkConnector connector, URI uri, String token) throws IOException, InterruptedException {
        SocketLink opened = new SocketLink();
        CompletableFuture<Link> opening = connector.open(uri, token, opened.new Receiver());
        try {
            opened.link = opening.get(OPENING.toMillis(), TimeUnit.MILLISECONDS);
            return opened;
        } catch (InterruptedException e) {
            var unused = opening.thenAccept(Link::abort); // else the user had a link that nobody knows
            throw e;
        } catch (TimeoutException e) {
            var unused = opening.thenAccept(Link::abort);
            throw new IOException("no link within " + OPENING, e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    void send(ClientFrame frame) {
        if (link != null) {
            link.send(new String(Json.write(frame), StandardCharsets.UTF_8));
        }
    }

    /** The frames of the next text; empty if none came in time, or if they cannot be read. */
    List<ServerFrame> poll(Duration patience) throws InterruptedException {
        String text = inbox.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (text == null) {
            return List.of();
        }
        try {
            return FrameReader.readServerFrames(text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidInput e) {
            return List.of();
        }
    }

    /** Whether nothing more will come. */
    boolean isOver() {
        return givenUp || (ended && inbox.isEmpty());
    }

    @Override
    public void close() {
        givenUp = true;
        inbox.clear();
        if (link != null) {
            link.abort();
        }
    }

    private final class Receiver implements LinkListener {
        @Override
        public void onText(String text) {
            try {
                boolean taken = false;
                while (!taken && !givenUp) {
                    taken = inbox.offer(text, 1, TimeUnit.SECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onClosed(int code, String reason) {
            ended = true;
        }
    }
}
