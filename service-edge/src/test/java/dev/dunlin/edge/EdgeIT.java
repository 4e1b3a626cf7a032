package dev.dunlin.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EnginesTestResource.class)
@SuppressWarnings("NullAway.Init") // fields are injected
class EdgeIT {
    @TestHTTPResource(value = "/", management = true)
    URI management;

    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void callerIsTheTokensSubject() {
        alice().header("traceparent", TRACEPARENT)
                .get("/channels/group:eng?user=bob")
                .then()
                .statusCode(200)
                .body("caller", equalTo("alice"))
                .body("user", equalTo("bob"))
                .body("grant", equalTo("NONE"))
                .body("read", equalTo("false"))
                .body("trace", equalTo(TRACE));
    }

    @Test
    void channelsClaimGrantsWhatItNamesAndNoMore() {
        String token = TestTokens.withChannels(
                "alice",
                "[{\"channel\":\"live:*\",\"can\":[\"subscribe\"]},{\"channel\":\"group:eng\",\"can\":[\"publish\"]},{\"channel\":5}]");
        with(token)
                .get("/channels/live:eurusd")
                .then()
                .body("read", equalTo("true"))
                .body("grant", equalTo("NONE"));
        with(token)
                .get("/channels/group:eng")
                .then()
                .body("read", equalTo("false"))
                .body("grant", equalTo("PUBLISH"));
        with(token).get("/channels/group:eng2").then().body("grant", equalTo("NONE"));
    }

    @Test
    void serverScopeGrantsEverything() {
        with(TestTokens.server("backend")).get("/channels/group:eng").then().body("grant", equalTo("SERVER"));
    }

    @Test
    void missingForeignAndExpiredTokensAreUnauthenticated() {
        problem(given().get("/channels/group:eng").then(), 401, "unauthenticated");
        problem(with("rubbish").get("/channels/group:eng").then(), 401, "unauthenticated");
        problem(with(TestTokens.foreign("alice")).get("/channels/group:eng").then(), 401, "unauthenticated");
        problem(
                with(TestTokens.user("alice", Duration.ofMinutes(-5)))
                        .get("/channels/group:eng")
                        .then(),
                401,
                "unauthenticated");
    }

    @Test
    void idThatBreaksItsRuleIsNamed() {
        problem(alice().get("/channels/group").then(), 400, "bad_request")
                .body("detail", equalTo("channel: must be namespace:name, 1 to 128 characters of [A-Za-z0-9_.:@-]"));
        problem(alice().get("/channels/group:eng?user=b%20b").then(), 400, "bad_request")
                .body("detail", equalTo("user: must be 1 to 64 characters of [A-Za-z0-9_.@-]"));
    }

    @Test
    void idThatNoUrlCanNameIsNoUserAndInNoPath() {
        problem(with(TestTokens.user("..")).get("/channels/group:eng").then(), 401, "unauthenticated")
                .body("detail", containsString("must not be . or .."));
        for (String dots : new String[] {".", "..", "%2e%2e", ".%2E", "..;a"}) {
            problem(raw().get("/users/" + dots).then(), 400, "bad_request").body("detail", containsString(". or .."));
            problem(raw().delete("/users/" + dots).then(), 400, "bad_request");
        }
        raw().get("/channels/group:eng?user=..").then().statusCode(200).body("user", equalTo(".."));
    }

    @Test
    void whatRemovesSomethingHasNoTrailingSlash() {
        raw().delete("/users/bob").then().statusCode(200);
        for (String end : new String[] {"/", "//", "/;a=b", "/users/.."}) {
            problem(
                    raw().delete("/users/bob" + end).then(),
                    end.endsWith("..") ? 400 : 404,
                    end.endsWith("..") ? "bad_request" : "not_found");
        }
    }

    @Test
    void bodyThatCannotBeReadIsExplained() {
        problem(post("{\"seq\":-1}"), 400, "bad_request").body("detail", containsString("seq: must be"));
        problem(post("{\"seq\":\"one\"}"), 400, "bad_request").body("detail", equalTo("seq: must be a whole number"));
        problem(post("{"), 400, "bad_request").body("detail", equalTo("not JSON: line 1, column 2"));
        post("{\"seq\":3,\"later\":1}").statusCode(200).body("seq", equalTo(3));
    }

    @Test
    void bodyThatIsNestedWithoutEndOrSaysAThingTwiceIsNoFailure() {
        String deep = "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000);
        problem(post(deep), 400, "bad_request").body("detail", containsString("nested"));
        problem(
                        alice().contentType("application/json")
                                .body("{\"word\":\"a\",\"word\":\"b\"}")
                                .post("/words")
                                .then(),
                        400,
                        "bad_request")
                .body("detail", equalTo("word: must be given once"));
    }

    @Test
    void bodyOfAnotherTypeIsSaidToBe() {
        problem(alice().contentType("text/plain").body("{}").post("/positions").then(), 415, "bad_request")
                .body("detail", equalTo("Content-Type: must be application/json"));
    }

    @Test
    void unknownPathAndMethodAreProblems() {
        problem(alice().get("/nothing").then(), 404, "not_found");
        problem(alice().delete("/busy").then(), 405, "bad_request");
    }

    @Test
    void wrongMethodAndOptionsNameTheMethodsOfExactlyThisPath() {
        problem(alice().delete("/busy").then(), 405, "bad_request").header("Allow", equalTo("GET, HEAD, OPTIONS"));
        problem(alice().get("/words").then(), 405, "bad_request").header("Allow", equalTo("OPTIONS, POST"));
        problem(alice().head("/words").then(), 405);
        problem(alice().delete("/things/one/part").then(), 405, "bad_request").header("Allow", equalTo("OPTIONS, PUT"));
        problem(alice().request("PROPFIND", "/channels/group:eng").then(), 405, "bad_request")
                .header("Allow", equalTo("GET, HEAD, OPTIONS"));
        alice().options("/words").then().statusCode(204).header("Allow", equalTo("OPTIONS, POST"));
        problem(alice().options("/nothing/at/all").then(), 404, "not_found");
        alice().head("/channels/group:eng").then().statusCode(200).body(equalTo(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", ";;", "text/html", "application/xml"})
    void acceptOfAnyKindIsServedAsJson(String accept) throws IOException {
        assertThat(raw("GET /channels/group:eng", "Accept: " + accept)).startsWith("HTTP/1.1 200");
        assertThat(raw("GET /channels/group", "Accept: " + accept)).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /unspecific", "Accept: " + accept)).startsWith("HTTP/1.1 200");
    }

    @Test
    void bodyWithAContentEncodingIsRefused() {
        for (String coding : List.of("gzip", "br", "identity, gzip", "x")) {
            problem(
                            alice().header("Content-Encoding", coding)
                                    .contentType("application/json")
                                    .body("{\"seq\":3}")
                                    .post("/positions")
                                    .then(),
                            415,
                            "bad_request")
                    .header("Accept-Encoding", equalTo("identity"));
        }
        alice().header("Content-Encoding", "Identity")
                .contentType("application/json")
                .body("{\"seq\":3}")
                .post("/positions")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer  ", "bearer ", "BEARER    "})
    void schemeOfTheTokenIsReadAsItsRfcSays(String scheme) throws IOException {
        assertThat(answer("GET /channels/group:eng HTTP/1.1\r\nAuthorization: " + scheme + TestTokens.user("alice")))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void refusalSaysWhenToRetry() {
        problem(alice().get("/busy").then(), 503, "overloaded")
                .header("Retry-After", equalTo("2"))
                .body("retryable", equalTo(true));
    }

    @Test
    void failureTellsNothingOfTheInside() {
        problem(alice().get("/broken").then(), 500, "internal").body("detail", not(containsString("secret")));
    }

    @Test
    void internalPathsAreForServices() {
        problem(given().get(management.resolve("/internal/who")).then(), 401, "unauthenticated");
        for (String stranger : List.of(TestTokens.user("alice"), TestTokens.server("backend"))) {
            problem(with(stranger).get(management.resolve("/internal/who")).then(), 403, "forbidden");
        }
        with(TestTokens.internal("push"))
                .get(management.resolve("/internal/who"))
                .then()
                .statusCode(200)
                .body("caller", equalTo("push"));
    }

    @Test
    void theInternalCredentialOpensNothingElse() {
        problem(with(TestTokens.internal("push")).get("/channels/group:eng").then(), 403, "forbidden")
                .body("detail", containsString("/internal"));
        problem(with(TestTokens.internal("push")).get("/forward").then(), 403, "forbidden");
        problem(
                raw(TestTokens.internal("push"))
                        .get("/internal/../%63hannels/internal:x")
                        .then(),
                400,
                "bad_request"); // a path with dots is looked at by nobody
    }

    @Test
    void callToAnotherServiceCarriesTheServiceTokenAndTheTrace() {
        with(TestTokens.server("backend"))
                .header("traceparent", TRACEPARENT)
                .get("/forward")
                .then()
                .statusCode(200)
                .body("caller", not(equalTo("backend")))
                .body("trace", equalTo(TRACE));
    }

    private static ValidatableResponse post(String body) {
        return alice().contentType("application/json")
                .body(body)
                .post("/positions")
                .then();
    }

    private static String raw(String request, String header) throws IOException {
        return answer(request + " HTTP/1.1\r\nAuthorization: Bearer " + TestTokens.user("alice") + "\r\n" + header);
    }

    /** Sends a request over a plain socket: some clients refuse to send such headers. */
    private static String answer(String head) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status) {
        return response.statusCode(status).contentType("application/problem+json");
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        return problem(response, status).body("status", equalTo(status)).body("code", equalTo(code));
    }

    private static RequestSpecification raw() {
        return raw(TestTokens.user("alice"));
    }

    /** Sends paths unchanged. */
    private static RequestSpecification raw(String token) {
        return with(token).urlEncodingEnabled(false);
    }

    private static RequestSpecification alice() {
        return with(TestTokens.user("alice"));
    }

    private static RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token);
    }
}
