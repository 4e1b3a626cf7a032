package dev.dunlin.examples.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.client.TokenSource;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Gets tokens from the local stack's {@code /dev/tokens}, which gives one to whoever asks. */
final class TokenEndpoint implements TokenSource {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final URI uri;
    private final String user;

    TokenEndpoint(URI uri, String user) {
        this.uri = uri;
        this.user = user;
    }

    @Override
    public String fetch() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(Map.of("user", user))))
                .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            return tokenIn(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
        } catch (ConnectException e) {
            throw new ConnectException("nothing listens at " + uri);
        }
    }

    private String tokenIn(HttpResponse<byte[]> answer) throws IOException {
        try {
            JsonNode token = Json.parse(answer.body()).path("token");
            if (answer.statusCode() == 200 && token.isTextual()) {
                return token.asText();
            }
        } catch (InvalidInput notJson) {
            // falls through: the status says enough
        }
        throw new IOException("no token for " + user + ": " + uri + " answered " + answer.statusCode());
    }
}
