package dev.dunlin.connection.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's WebSocket: frames wait in a queue; to wait for one that does not come fails after ten
 * seconds.
 */
public final class TestLink implements AutoCloseable, WebSocket.Listener {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private volatile boolean reading = true;

    private TestLink(HttpClient client, URI uri, @Nullable String token, List<String> subprotocols) {
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(DEADLINE);
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        if (!subprotocols.isEmpty()) {
            builder.subprotocols(
                    subprotocols.getFirst(),
                    subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
        }
        this.socket = builder.buildAsync(uri, this).join();
    }

    /**
     * Connects; fails with a {@link java.util.concurrent.CompletionException} of a
     * {@link java.net.http.WebSocketHandshakeException}.
     */
    public static TestLink connect(HttpClient client, URI uri, @Nullable String token, String... subprotocols) {
        return new TestLink(client, uri, token, List.of(subprotocols));
    }

    public String subprotocol() {
        return socket.getSubprotocol();
    }

    /** Sends a frame; single quotes stand for double ones. */
    public TestLink send(String frame) {
        socket.sendText(frame.replace('\'', '"'), true).join();
        return this;
    }

    /** Sends a frame, if the link still stands. */
    public void trySend(String frame) {
        var unused = socket.sendText(frame.replace('\'', '"'), true)
                .exceptionally(gone -> socket)
                .join();
    }

    /** Whether the server has closed. */
    public boolean closed() {
        return closed.isDone();
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Stops and starts to read from the socket. */
    public void reading(boolean wanted) {
        reading = wanted;
        if (wanted) {
            socket.request(Long.MAX_VALUE);
        }
    }

    /** The next frame, whatever it is. */
    public JsonNode next() {
        try {
            JsonNode frame = frames.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(frame).as("a frame within %s", DEADLINE).isNotNull();
            return frame == null ? MissingNode.getInstance() : frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next frame, which must be of this type. */
    public JsonNode next(String type) {
        JsonNode frame = next();
        assertThat(frame.path("type").asText()).as("%s", frame).isEqualTo(type);
        return frame;
    }

    /** The next frame of this type; those before it are dropped. */
    public JsonNode find(String type) {
        JsonNode frame = next();
        while (!frame.path("type").asText().equals(type)) {
            frame = next();
        }
        return frame;
    }

    /** The seqs of the next so many messages, and nothing else in between. */
    public List<Long> seqs(int count) {
        List<Long> seqs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seqs.add(next("message").path("seq").asLong());
        }
        return seqs;
    }

    /** Says ping and expects pong: nothing else was on its way. */
    public void expectNothingElse() {
        send("{'type':'ping','ref':'nothing else'}");
        assertThat(next("pong").path("ref").asText()).isEqualTo("nothing else");
    }

    /** The code with which the server closed. */
    public int closeCode() {
        return closed.orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            try {
                frames.add(Json.parse(text.toString().getBytes(StandardCharsets.UTF_8)));
            } catch (InvalidInput e) {
                throw new IllegalStateException(e);
            }
            text.setLength(0);
        }
        if (reading) {
            webSocket.request(1);
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(1006);
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .exceptionally(e -> socket)
                .join();
        socket.abort();
    }
}
