package dev.dunlin.localstack.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.supervise.Ports;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway without services, whose clock the test moves, and real HTTP to it. */
@Timeout(30)
abstract class EndpointTest {
    static final String ID = "subscription-of-a-page";
    static final String PUSH = "/dev/push/" + ID;
    static final String HOOK = "/dev/hook/webhook-of-a-test";

    volatile Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private int gateway;

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void startTheGateway() throws Exception {
        gateway = new Ports(directory.resolve("ports")).port("gateway");
        List<Upstream> away = List.of(new Upstream("127.0.0.1", 1, 1));
        GatewayConfig config = new GatewayConfig(
                "127.0.0.1",
                gateway,
                directory.resolve("key"),
                Map.of(Role.CONNECTION, away, Role.MESSAGE, away, Role.PRESENCE, away, Role.PUSH, away));
        GatewayMain.start(config, vertx, new HandClock())
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    final String origin() {
        return "http://localhost:" + gateway;
    }

    final HttpRequest.Builder push(String body) {
        return request(PUSH).header("TTL", "60").POST(BodyPublishers.ofString(body));
    }

    final HttpRequest.Builder post(String path, String json) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
    }

    final HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin() + path)).version(HttpClient.Version.HTTP_1_1);
    }

    final HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    final Events listen(String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client.send(request(path).build(), BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
        return new Events(new BufferedReader(new InputStreamReader(answer.body(), UTF_8)));
    }

    static void expect(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(detail).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains(detail);
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A stream of server-sent events, read by the thread that asks. */
    record Events(BufferedReader lines) implements AutoCloseable {
        /** The data of the next event, which must be of that type. */
        String next(String type) throws IOException {
            String line = lines.readLine();
            while (line != null && !line.startsWith("event: ")) {
                line = lines.readLine();
            }
            assertThat(line).isEqualTo("event: " + type);
            return lines.readLine().substring("data: ".length());
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private final class HandClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
