package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.tokens.TokenRequest;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Route;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules of HTTP that every route of every service keeps. The routes come from the services' OpenAPI
 * documents.
 */
@OnSharedSuite
class HttpRulesIT {
    private static final List<String> ACCEPTS = List.of("", "*", ";;", "text/html", "application/xml");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND");

    private final Suite suite;
    private final ChannelName channel;
    private final UserId user;
    private final String token;
    private final String serviceToken;

    HttpRulesIT(Suite suite, Names names) {
        this.suite = suite;
        this.channel = names.group("rules");
        this.user = names.user("ruled");
        this.token = suite.token(TokenRequest.server("rules", Duration.ofHours(1)));
        this.serviceToken = suite.token(TokenRequest.internal("rules", Duration.ofHours(1)));
        suite.createGroup(channel, user);
    }

    static Stream<Route> routes() {
        return Route.ofAllServices().stream();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyAcceptIsServed(Route route) throws Exception {
        for (String accept : ACCEPTS) {
            for (String method : METHODS) {
                if (route.methods().contains(method)) {
                    HttpResponse<InputStream> answer = send(route, method, "Accept", accept);
                    assertThat(answer.statusCode())
                            .as(method + " with Accept: " + accept)
                            .isNotEqualTo(406)
                            .isLessThan(500);
                }
            }
        }
    }

    @Test
    void whoAcceptsNothingReadableStillLearnsThatTheMessageWasPublished() throws IOException {
        Replies replies = new Replies(suite.http());
        URI messages = URI.create(suite.stack().url("message-service") + "/v1/channels/" + channel + "/messages");
        long seq = 1;
        for (String accept : ACCEPTS) {
            HttpResponse<String> answer = replies.post(
                    messages, Map.of("id", "a" + seq, "data", 1), "Authorization", "Bearer " + token, "Accept", accept);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(Replies.json(answer).path("seq").asLong()).isEqualTo(seq++);
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void wrongMethodsAreRefusedWithThoseThatAreAllowed(Route route) throws Exception {
        for (String method : METHODS) {
            if (!route.methods().contains(method)) {
                HttpResponse<InputStream> answer = send(route, method, "X-Any", "x");
                assertThat(answer.statusCode()).as(method).isEqualTo(405);
                assertThat(allowed(answer)).as(method).isEqualTo(route.methods());
                assertProblem(answer);
            }
        }
        HttpResponse<InputStream> options = send(route, "OPTIONS", "X-Any", "x");
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(allowed(options)).isEqualTo(route.methods());
        HttpResponse<InputStream> head = send(route, "HEAD", "X-Any", "x");
        if (route.methods().contains("HEAD")) {
            assertThat(head.statusCode())
                    .isEqualTo(send(route, "GET", "X-Any", "x").statusCode());
        } else {
            assertThat(head.statusCode()).isEqualTo(405);
            assertThat(allowed(head)).isEqualTo(route.methods());
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void compressedBodiesAreRefused(Route route) throws Exception {
        for (String method : METHODS) {
            if (route.methods().contains(method)) {
                HttpResponse<InputStream> answer = send(route, method, "Content-Encoding", "gzip");
                assertThat(answer.statusCode()).as(method).isEqualTo(415);
                assertThat(answer.headers().firstValue("Accept-Encoding")).contains("identity");
                assertProblem(answer);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void spacesAfterTheSchemeOfATokenDoNotMatter(Route route) throws Exception {
        if (route.methods().contains("GET") && !route.path().equals("/v1/ws")) {
            for (String scheme : List.of("Bearer  ", "bearer ", "BEARER     ")) {
                HttpRequest.Builder get =
                        HttpRequest.newBuilder(uri(route)).header("Authorization", scheme + token(route));
                HttpResponse<InputStream> answer = sent(get);
                assertThat(answer.statusCode())
                        .as(scheme)
                        .isEqualTo(send(route, "GET", "X-Any", "x").statusCode())
                        .isNotEqualTo(401);
            }
        }
    }

    private static void assertProblem(HttpResponse<InputStream> answer) {
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    private static Set<String> allowed(HttpResponse<?> answer) {
        return new TreeSet<>(
                List.of(answer.headers().firstValue("Allow").orElse("none").split(", ")));
    }

    private HttpResponse<InputStream> send(Route route, String method, String header, String value) throws Exception {
        boolean body = Set.of("POST", "PUT", "PATCH").contains(method);
        return sent(HttpRequest.newBuilder(uri(route))
                .header("Authorization", "Bearer " + token(route))
                .header("Content-Type", "application/json")
                .header(header, value)
                .method(method, body ? BodyPublishers.ofString("{}") : BodyPublishers.noBody()));
    }

    /** Waits for the head only, so that a stream does not block the test. */
    private HttpResponse<InputStream> sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                suite.http().send(request.timeout(Suite.DEADLINE).build(), BodyHandlers.ofInputStream());
        answer.body().close();
        return answer;
    }

    private URI uri(Route route) {
        String origin = route.internal()
                ? suite.stack().managementUrl(route.process())
                : suite.stack().url(route.process());
        return URI.create(origin + route.at(channel.value(), user.value()) + query(route));
    }

    private String token(Route route) {
        return route.internal() ? serviceToken : token;
    }

    /** The parameters that a route requires. */
    private static String query(Route route) {
        return route.path().equals("/v1/presence") ? "?user=a" : "";
    }
}
