package dev.dunlin.examples.ticker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dunlin.examples.ticker.TickerFeed.Status;
import dev.dunlin.localstack.gateway.DevExample;
import dev.dunlin.localstack.gateway.DevExample.Answer;
import dev.dunlin.localstack.gateway.DevExample.BackEnd;
import dev.dunlin.protocol.InvalidInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The example as the gateway finds it, with a small real server that stands where message-service
 * does.
 */
class TickerFeedIT {
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final HttpServer server = HttpServer.create();
    private final Answer ticker = ServiceLoader.load(DevExample.class)
            .findFirst()
            .orElseThrow()
            .start(new BackEnd() {
                @Override
                public URI messageService() {
                    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
                }

                @Override
                public String token() {
                    return "a-token";
                }

                @Override
                public Clock clock() {
                    return Clock.systemUTC();
                }
            });

    TickerFeedIT() throws IOException {}

    @BeforeEach
    void listen() throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/publish", this::take);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void pricesArePublishedWhileSomebodyAsksForThem() throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> ask(100).published() >= 20);
        assertThat(ask(0).published()).isGreaterThanOrEqualTo(20);
        assertThat(ask(0).channels()).containsExactly("live:eurusd", "live:gold", "live:bitcoin", "live:wheat");
        assertThat(bodies)
                .isNotEmpty()
                .allSatisfy(body -> assertThat(body)
                        .startsWith("POST application/json Bearer a-token {\"messages\":[{\"channel\":\"live:")
                        .contains("\"data\":{\"price\":"));
    }

    @Test
    void moreThanTheMostIsRefusedWithAMessage() {
        assertThatThrownBy(() -> ask(1001))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("perSecond: 1001 is not in 0 to 1000");
    }

    private Status ask(int perSecond) throws InvalidInput {
        return (Status) ticker.to(("{\"perSecond\":" + perSecond + "}").getBytes(StandardCharsets.UTF_8));
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            bodies.add("%s %s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestHeaders().getFirst("Content-Type"),
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            body));
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
