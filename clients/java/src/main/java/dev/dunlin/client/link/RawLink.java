package dev.dunlin.client.link;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A link for tests: sends any text, also what no client would, and waits for what comes back. No
 * reconnect, no order, no dedupe. What waits blocks its caller up to a deadline and then throws
 * {@link AssertionError} with all that was received. Thread-safe.
 */
public final class RawLink implements AutoCloseable {
    /** How a link ended. */
    public record Closed(int code, String reason) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<JsonNode> received = new ArrayList<>();
    private final Deque<JsonNode> inbox = new ArrayDeque<>();
    private final Duration deadline;
    private @Nullable Closed closed;
    private @Nullable Link link;

    private RawLink(Duration deadline) {
        this.deadline = deadline;
    }

    /**
     * Opens a link as a client with a token does.
     *
     * @param uri {@code ws:…/v1/ws}
     * @param deadline for each wait
     * @throws HandshakeRefused if the server said no
     */
    public static RawLink open(HttpClient http, URI uri, String token, Duration deadline) throws IOException {
        return open(
                http,
                uri,
                handshake ->
                        handshake.header("Authorization", "Bearer " + token).subprotocols("dunlin.v1"),
                deadline);
    }

    /** Opens a link with any handshake. Throws {@link HandshakeRefused} if the server said no. */
    public static RawLink open(HttpClient http, URI uri, Consumer<WebSocket.Builder> handshake, Duration deadline)
            throws IOException {
        RawLink raw = new RawLink(deadline);
        try {
            raw.link = new JdkLinkConnector(http)
                    .open(uri, handshake, raw.new Inbox())
                    .join();
            return raw;
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e);
        }
    }

    /** Sends one text message, whatever it is. */
    public void send(String text) {
        link().send(text);
    }

    /** Sends one frame. */
    public void send(ClientFrame frame) {
        send(new String(Json.write(frame), StandardCharsets.UTF_8));
    }

    /**
     * Waits for the oldest frame that matches and was not taken before, and takes it; others stay.
     */
    public JsonNode await(String what, Predicate<JsonNode> wanted) {
        return waitUntil(what, () -> {
            for (Iterator<JsonNode> frames = inbox.iterator(); frames.hasNext(); ) {
                JsonNode frame = frames.next();
                if (wanted.test(frame)) {
                    frames.remove();
                    return Optional.of(frame);
                }
            }
            if (closed != null) {
                throw failure(what);
            }
            return Optional.empty();
        });
    }

    /** Waits for the oldest frame of a type and takes it. */
    public JsonNode await(String type) {
        return await(type, frame -> frame.path("type").asText().equals(type));
    }

    /** Waits for the oldest frame of a type that matches and takes it. */
    public <T extends ServerFrame> T await(Class<T> type, Predicate<T> wanted) {
        JsonNode frame =
                await(type.getSimpleName(), node -> type.isInstance(read(node)) && wanted.test(type.cast(read(node))));
        return type.cast(Objects.requireNonNull(read(frame), "it was read before"));
    }

    /** Waits for the oldest frame of a type and takes it. */
    public <T extends ServerFrame> T await(Class<T> type) {
        return await(type, any -> true);
    }

    /** Waits for the end of the link. */
    public Closed awaitClosed() {
        return waitUntil("the end of the link", () -> Optional.ofNullable(closed));
    }

    /** Whether the link has not ended as far as is known. */
    public boolean isOpen() {
        lock.lock();
        try {
            return closed == null;
        } finally {
            lock.unlock();
        }
    }

    /** Every frame since the start, taken or not, in order. */
    public List<JsonNode> received() {
        lock.lock();
        try {
            return List.copyOf(received);
        } finally {
            lock.unlock();
        }
    }

    /** Every frame of a type since the start, taken or not, in order. */
    public <T extends ServerFrame> List<T> received(Class<T> type) {
        return received().stream()
                .map(RawLink::read)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Ends the link without a close handshake, as a lost network does. */
    public void abort() {
        link().abort();
    }

    /** Ends the link in order. */
    @Override
    public void close() {
        link().close(1000, "");
    }

    private Link link() {
        return Objects.requireNonNull(link, "open() sets it");
    }

    private <T> T waitUntil(String what, Supplier<Optional<T>> condition) {
        lock.lock();
        try {
            long left = deadline.toNanos();
            Optional<T> found = condition.get();
            while (found.isEmpty()) {
                if (left <= 0) {
                    throw failure(what);
                }
                left = changed.awaitNanos(left);
                found = condition.get();
            }
            return found.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
    }

    private AssertionError failure(String what) {
        return new AssertionError("waited for " + what + " on a link that "
                + (closed == null ? "is open" : "ended with " + closed) + ", received: "
                + received);
    }

    private static @Nullable ServerFrame read(JsonNode node) {
        try {
            return Json.read(node, ServerFrame.class);
        } catch (InvalidInput e) {
            return null;
        }
    }

    private final class Inbox implements LinkListener {
        @Override
        public void onText(String text) {
            JsonNode node;
            try {
                node = Json.parse(text.getBytes(StandardCharsets.UTF_8));
            } catch (InvalidInput e) {
                node = Json.tree("not JSON: " + text);
            }
            lock.lock();
            try {
                for (JsonNode frame : node.isArray() ? node : List.of(node)) {
                    received.add(frame);
                    inbox.add(frame);
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void onClosed(int code, String reason) {
            lock.lock();
            try {
                closed = new Closed(code, reason);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
