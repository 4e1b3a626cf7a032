package dev.dunlin.scenarios.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Plain HTTP, for answers that the SDK hides. */
public record Replies(HttpClient http) {
    /** A GET; {@code headers} are names and values in turn. */
    public HttpResponse<String> get(URI uri, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Suite.DEADLINE);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** A POST of JSON. */
    public HttpResponse<String> post(URI uri, Object body, String... headers) throws IOException {
        return send(HttpRequest.newBuilder(uri)
                .timeout(Suite.DEADLINE)
                .headers(headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body))));
    }

    /** A DELETE; {@code headers} are names and values in turn. */
    public HttpResponse<String> delete(URI uri, String... headers) throws IOException {
        return send(HttpRequest.newBuilder(uri)
                .timeout(Suite.DEADLINE)
                .headers(headers)
                .DELETE());
    }

    /** The JSON of an answer. */
    public static JsonNode json(HttpResponse<String> answer) {
        return json(answer.body());
    }

    /** The JSON of a text. */
    public static JsonNode json(String text) {
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidInput e) {
            throw new AssertionError(e.getMessage() + ": " + text, e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
