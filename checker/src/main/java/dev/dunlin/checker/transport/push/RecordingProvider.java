package dev.dunlin.checker.transport.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.PushCall;
import dev.dunlin.checker.history.PushRecorder;
import dev.dunlin.checker.nemesis.Blow;
import dev.dunlin.checker.nemesis.Provider;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Receives webhooks on the loopback interface and records each call. It repeats challenges, answers
 * 410 for devices that are gone, and misbehaves as the nemesis wants. Each call has its own virtual
 * thread. Thread-safe.
 */
public final class RecordingProvider implements Provider, AutoCloseable {
    /** The pause that a 429 asks for. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final String PATH = "/device/";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int FAILED = 500;

    private final PushRecorder recorder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    /** The faults that have begun and not ended, the latest first. */
    private final Deque<Blow> faults = new ConcurrentLinkedDeque<>();

    private volatile boolean closed;

    private RecordingProvider(PushRecorder recorder, HttpServer server) {
        this.recorder = recorder;
        this.server = server;
    }

    /** Starts on a free port. */
    public static RecordingProvider start(PushRecorder recorder) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        RecordingProvider provider = new RecordingProvider(recorder, server);
        server.createContext(PATH, provider::serve);
        server.setExecutor(provider.threads);
        server.start();
        return provider;
    }

    /** The URL to register for a device. */
    public String url(String device) {
        return "http://localhost:" + server.getAddress().getPort() + PATH + device;
    }

    /** From now on the device is gone: its calls are answered with 410. */
    public void remove(String device) {
        gone.add(device);
    }

    @Override
    public void begin(Blow blow) {
        faults.addFirst(blow);
    }

    @Override
    public void end(Blow blow) {
        faults.removeFirstOccurrence(blow);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            long at = recorder.now();
            String device = exchange.getRequestURI().getPath().substring(PATH.length());
            JsonNode body = Json.parse(exchange.getRequestBody().readAllBytes());
            if (body.path("type").asText().equals("challenge")) {
                answer(exchange, OK, Json.write(Map.of("challenge", body.path("challenge"))));
                return;
            }
            int status = status(device);
            try {
                answer(exchange, status);
            } finally { // a caller that died has sent it all the same
                recorder.called(call(device, body, at, status));
            }
        } catch (InvalidInput e) {
            answer(exchange, BAD_REQUEST);
        }
    }

    private int status(String device) {
        return switch (faults.peekFirst()) {
            case THROTTLE -> TOO_MANY;
            case FAIL -> FAILED;
            case HANG -> PushCall.UNANSWERED;
            case KILL, STOP, RESTART, REMOVE, FLUSH, OUTAGE -> throw new IllegalStateException("not for a provider");
            case null -> gone.contains(device) ? GONE : OK;
        };
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        if (status == PushCall.UNANSWERED) {
            awaitEnd();
            return;
        }
        if (status == TOO_MANY) {
            exchange.getResponseHeaders().set("Retry-After", Long.toString(RETRY_AFTER.toSeconds()));
        }
        answer(exchange, status, new byte[0]);
    }

    /** Until it hangs no longer. Its callers have given up long before. */
    private void awaitEnd() {
        try {
            while (faults.contains(Blow.HANG) && !closed) {
                Thread.sleep(BETWEEN); // the fault ends by its schedule
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private PushCall call(String device, JsonNode body, long at, int status) {
        return new PushCall(
                device,
                body.path("type").asText().equals("notification"),
                new ChannelName(body.path("channel").asText()),
                body.path("seq").asLong(),
                body.has("data") ? Event.content(body.path("data")) : null,
                at,
                recorder.now(),
                status);
    }

    @Override
    public void close() {
        closed = true;
        server.stop(0);
        threads.close();
    }
}
