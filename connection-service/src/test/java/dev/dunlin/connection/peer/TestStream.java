package dev.dunlin.connection.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client's event stream, read as the HTML standard says. */
public final class TestStream implements TestFeed {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Optional<Event>> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> comments = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> retries = new LinkedBlockingQueue<>();
    private String cursor;

    private record Event(String type, String id, String data) {}

    private TestStream(HttpResponse<InputStream> response, String cursor) {
        this.response = response;
        this.cursor = cursor;
        Thread.ofVirtual().start(this::read);
    }

    /** Opens it; the status must be 200. */
    public static TestStream open(HttpClient client, HttpRequest.Builder request, String cursor) {
        if (!cursor.isEmpty()) {
            request.setHeader("Last-Event-ID", cursor);
        }
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            return new TestStream(response, cursor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<InputStream> response() {
        return response;
    }

    /** A comment line; waits for one. */
    public String comment() {
        return poll(comments);
    }

    /** The next {@code retry}; waits for it. */
    public String retry() {
        return poll(retries);
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String type = "message";
            String id = cursor;
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.add(Optional.of(new Event(type, id, data.toString())));
                    }
                    type = "message";
                    data.setLength(0);
                } else if (line.startsWith(":")) {
                    comments.add(line);
                } else {
                    String value = line.substring(line.indexOf(':') + 1).strip();
                    switch (line.substring(0, line.indexOf(':'))) {
                        case "event" -> type = value;
                        case "id" -> id = value;
                        case "retry" -> retries.add(value);
                        case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                        default -> {}
                    }
                }
            }
        } catch (IOException e) {
            // cut: nothing more comes, as at an orderly end
        }
        events.add(Optional.empty());
    }

    @Override
    public JsonNode next() {
        Event event = poll(events).orElseThrow(() -> new AssertionError("the stream ended"));
        cursor = event.id();
        try {
            JsonNode frame = Json.parse(event.data().getBytes(StandardCharsets.UTF_8));
            assertThat(event.type()).isEqualTo(frame.path("type").asText());
            return frame;
        } catch (InvalidInput e) {
            throw new AssertionError(event.data(), e);
        }
    }

    @Override
    public boolean ends() {
        while (poll(events).isPresent()) {
            // dropped
        }
        return true;
    }

    @Override
    public String cursor() {
        return cursor;
    }

    private static <T> T poll(BlockingQueue<T> queue) {
        try {
            T value = queue.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            if (value == null) {
                throw new AssertionError("nothing came within " + DEADLINE);
            }
            return value;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
