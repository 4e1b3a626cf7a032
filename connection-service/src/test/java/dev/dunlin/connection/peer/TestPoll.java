package dev.dunlin.connection.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** A client that polls: asks again whenever it has read what it got. */
public final class TestPoll implements TestFeed {
    private final HttpClient client;
    private final URI uri;
    private final String token;
    private final Queue<JsonNode> frames = new ArrayDeque<>();
    private String cursor;
    private String cursorAfter;

    /** Asks nothing yet. */
    public TestPoll(HttpClient client, URI uri, String token, String cursor) {
        this.client = client;
        this.uri = uri;
        this.token = token;
        this.cursor = cursor;
        this.cursorAfter = cursor;
    }

    /** Asks once. */
    public HttpResponse<byte[]> ask() {
        String separator = uri.getQuery() == null ? "?" : "&";
        String address = cursorAfter.isEmpty() ? uri.toString() : uri + separator + "cursor=" + cursorAfter;
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address))
                            .header("Authorization", "Bearer " + token)
                            .timeout(Duration.ofSeconds(15))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public JsonNode next() {
        while (frames.isEmpty()) {
            HttpResponse<byte[]> answer = ask();
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode body = body(answer);
            body.path("frames").forEach(frames::add);
            cursorAfter = body.path("cursor").asText();
        }
        JsonNode next = frames.remove();
        if (frames.isEmpty()) {
            cursor = cursorAfter;
        }
        return next;
    }

    /** The JSON of an answer. */
    public static JsonNode body(HttpResponse<byte[]> answer) {
        try {
            return Json.parse(answer.body());
        } catch (InvalidInput e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean ends() {
        for (int i = 0; i < 10; i++) {
            if (ask().statusCode() == 401) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String cursor() {
        return cursor;
    }

    @Override
    public void close() {}
}
