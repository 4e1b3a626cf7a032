package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.localstack.ProcessStatus;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.RawHttp;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The headers that every service and the gateway send to browsers, and the paths of each port. */
@OnSharedSuite
class CrossOriginIT {
    private static final String ORIGIN = "http://localhost:5173";
    /** Paths of each service, by its role. */
    private static final Map<String, List<String>> PATHS = Map.of(
            "connection-service", List.of("/v1/events?channel=room:a", "/v1/poll?channel=room:a", "/v1/tickets"),
            "message-service", List.of("/v1/channels"),
            "presence-service", List.of("/v1/presence?user=bob"),
            "push-service", List.of("/v1/devices"),
            "gateway", List.of("/v1/events", "/v1/poll", "/v1/channels", "/v1/presence", "/v1/devices", "/v1/nothing"));

    private final Suite suite;

    CrossOriginIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void everyServiceAnswersPreflights() throws Exception {
        for (ProcessStatus process : browsed()) {
            for (String path : paths(process)) {
                String answer = head(
                        "OPTIONS",
                        process.url(),
                        path,
                        "Origin: " + ORIGIN,
                        "Access-Control-Request-Method: POST",
                        "Access-Control-Request-Headers: authorization,idempotency-key,last-event-id");
                if (!path.equals("/v1/nothing")) {
                    assertThat(answer)
                            .as(process.name() + path)
                            .startsWith("http/1.1 204")
                            .contains("last-event-id", "idempotency-key", "access-control-allow-methods: get, post");
                }
                assertThat(answer)
                        .as(process.name() + path)
                        .containsOnlyOnce("access-control-allow-origin: " + ORIGIN + "\r\n")
                        .doesNotContain("allow-credentials");
            }
        }
    }

    @Test
    void refusalsAreReadableAndNothingIsKeptFramedOrGuessed() throws Exception {
        for (ProcessStatus process : browsed()) {
            for (String path : paths(process)) {
                assertThat(head("GET", process.url(), path, "Origin: " + ORIGIN))
                        .as(process.name() + path)
                        .containsPattern("^http/1.1 (401|404|405)")
                        .containsOnlyOnce("access-control-allow-origin: " + ORIGIN + "\r\n")
                        .containsOnlyOnce("cache-control: no-store\r\n")
                        .containsOnlyOnce("x-content-type-options: nosniff\r\n")
                        .containsOnlyOnce("referrer-policy: no-referrer\r\n")
                        .containsOnlyOnce("content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n");
                assertThat(head("GET", process.url(), path, "Origin: https://evil.example"))
                        .as(process.name() + path)
                        .doesNotContain("access-control-");
            }
        }
    }

    @Test
    void pagesLoadFromTheirOriginOnly() throws Exception {
        for (String page : List.of("/", "/ticker")) {
            assertThat(head("GET", suite.gateway().toString(), page))
                    .as(page)
                    .startsWith("http/1.1 200")
                    .contains("default-src 'self'; ", "frame-ancestors 'none'\r\n", "nosniff\r\n")
                    .doesNotContain("http:", "https:", "ws:", "wss:", "data:", "unsafe");
        }
    }

    @Test
    void theManagementPortIsAnotherOne() throws Exception {
        for (ProcessStatus process : browsed()) {
            for (String path : List.of("/q/health", "/q/metrics", "/q/openapi", "/internal/access", "/internal")) {
                assertThat(head("GET", process.url(), path))
                        .as(process.name() + path)
                        .startsWith("http/1.1 404");
            }
            if (process.management() != null) {
                assertThat(head("GET", process.management(), "/q/health/ready"))
                        .as(process.name())
                        .startsWith("http/1.1 200");
            }
        }
        assertThat(head("POST", suite.stack().managementUrl("message-service"), "/internal/access"))
                .startsWith("http/1.1 401");
    }

    private List<ProcessStatus> browsed() throws InterruptedException {
        List<ProcessStatus> found = suite.stack().status().stream()
                .filter(process -> PATHS.containsKey(process.role()))
                .toList();
        assertThat(found).hasSize(6);
        return found;
    }

    private static List<String> paths(ProcessStatus process) {
        return PATHS.getOrDefault(process.role(), List.of());
    }

    /** The head of an answer, in lower case. */
    private static String head(String method, String at, String path, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.add("Content-Length: 0");
        String request = method + " " + path + " HTTP/1.1";
        return RawHttp.head(URI.create(at), request, lines.toArray(String[]::new))
                .toLowerCase(Locale.ROOT);
    }
}
