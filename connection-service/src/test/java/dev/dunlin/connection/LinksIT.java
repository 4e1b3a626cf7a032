package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.peer.NodeIT;
import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.connection.peer.RawLink;
import dev.dunlin.connection.peer.TestLink;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.Exposition;
import dev.dunlin.engines.testing.TestClaims;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.SessionsWanted;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.SessionList;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.protocol.kafka.UserEvent.SessionsEnded;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(PeerAddress.class)
class LinksIT extends NodeIT {
    @Test
    void handshakeWithoutAGoodTokenIsRefusedWithAStatus() {
        for (String token : List.of(
                "",
                "nonsense",
                TestTokens.foreign(own("bob")),
                TestTokens.user(own("bob"), Duration.ofMinutes(-5)),
                TestTokens.user(own("bob"), Duration.ofSeconds(-5)))) {
            assertThat(refusedStatus(webSocket(""), token)).isEqualTo(401);
        }
    }

    @Test
    void subprotocolPairCarriesTheTokenAndIsNotEchoed() {
        TestLink bob = connect(webSocket("?auto=false"), "", "dunlin.v1", "bearer." + TestTokens.user(own("bob")));
        assertThat(bob.next("welcome").path("user").asText()).isEqualTo(own("bob"));
        assertThat(bob.subprotocol()).isEqualTo("dunlin.v1");
    }

    @Test
    void tokenInTheAddressIsNoneUnlessThatIsTurnedOn() {
        assertThat(refusedStatus(webSocket("?auto=false&access_token=" + TestTokens.user(own("bob"))), ""))
                .isEqualTo(401);
    }

    @Test
    void ticketOpensOneLink() throws Exception {
        HttpResponse<String> issued =
                send(HttpRequest.newBuilder(http("/v1/tickets")).POST(HttpRequest.BodyPublishers.noBody()), own("bob"));
        assertThat(issued.statusCode()).isEqualTo(201);
        String ticket = Json.parse(issued.body().getBytes(StandardCharsets.UTF_8))
                .path("ticket")
                .asText();
        URI uri = webSocket("?auto=false&ticket=" + ticket);
        assertThat(connect(uri, "").next("welcome").path("user").asText()).isEqualTo(own("bob"));
        assertThat(refusedStatus(uri, "")).isEqualTo(401);
    }

    @Test
    void nodeThatCannotAskForTheUsersChannelsAnswers503() {
        peer.unreachable(true);
        assertThat(refusedStatus(webSocket(""), TestTokens.user(own("bob")))).isEqualTo(503);
    }

    @Test
    void whatBreaksTheProtocolIsAnsweredAndTheLinkStaysOpen() {
        TestLink bob = link(own("bob"));
        for (String[] sent : List.of(
                new String[] {"{", "bad_request"},
                new String[] {"{'type':'dance','ref':1}", "unknown_type"},
                new String[] {"{'type':'subscribe','channel':'no colon'}", "bad_request"},
                new String[] {
                    "{'type':'publish','ref':1,'channel':'room:a','id':'m','data':'" + "x".repeat(65536) + "'}",
                    "too_large"
                },
                new String[] {"'" + "x".repeat(300_000) + "'", "too_large"})) {
            bob.send(sent[0]);
            assertThat(bob.next("error").path("code").asText()).isEqualTo(sent[1]);
        }
        bob.send("[{'type':'ping','ref':1},{'type':'ping','ref':2}]");
        assertThat(bob.next("pong").path("ref").asInt()).isEqualTo(1);
        assertThat(bob.next("pong").path("ref").asInt()).isEqualTo(2);
        assertThat(peer.commands()).noneMatch(command -> command.user().value().equals(own("bob")));
    }

    @Test
    void binaryMessageClosesWith1003() {
        TestLink bob = link(own("bob"));
        bob.sendBinary(new byte[] {1});
        assertThat(bob.closeCode()).isEqualTo(1003);
    }

    @Test
    void textThatIsNotUtf8ClosesWith1007() throws Exception {
        try (RawLink bob = RawLink.connect(webSocket("?auto=false"), TestTokens.user(own("bob")))) {
            bob.sendText(new byte[] {'"', (byte) 0xc3, 0x28, '"'});
            assertThat(bob.closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void textInFragmentsIsOneMessage() throws Exception {
        try (RawLink bob = RawLink.connect(webSocket("?auto=false"), TestTokens.user(own("bob")))) {
            bob.sendFrame(0x01, "{\"type\":".getBytes(StandardCharsets.UTF_8));
            bob.sendFrame(0x80, "\"ping\"}".getBytes(StandardCharsets.UTF_8));
            assertThat(bob.text()).contains("welcome");
            assertThat(bob.text()).contains("pong");
        }
    }

    @Test
    void hugeMessageClosesTheLink() {
        TestLink bob = link(own("bob"));
        var unused = catchThrowable(() -> bob.send("x".repeat(2_000_000)));
        assertThat(bob.closeCode()).isEqualTo(1009);
    }

    @Test
    void tooManyPublishesAreRateLimited() {
        String channel = own("room:lobby");
        peer.channel(channel);
        TestLink bob = link(own("bob"));
        StringBuilder burst = new StringBuilder("[");
        for (int i = 0; i < 150; i++) {
            burst.append(i == 0 ? "" : ",")
                    .append("{'type':'publish','ref':" + i + ",'channel':'" + channel + "','id':'m" + i
                            + "','data':1}");
        }
        bob.send(burst + "]");
        JsonNode error = bob.find("error");
        assertThat(error.path("code").asText()).isEqualTo("rate_limited");
        assertThat(error.path("retryAfterMs").asLong()).isPositive();
    }

    @Test
    void clientThatIgnoresTheLimitIsDisconnected() {
        TestLink bob = link(own("bob"));
        String burst = "[" + "{'type':'ping'},".repeat(999) + "{'type':'ping'}]";
        for (int i = 0; i < 10 && !bob.closed(); i++) {
            bob.trySend(burst);
        }
        assertThat(bob.closeCode()).isEqualTo(4429);
    }

    @Test
    void newTokenOfTheSameUserIsTakenAndAnotherUsersIsNot() {
        TestLink bob = link(own("bob"));
        bob.send("{'type':'auth','ref':1,'token':'" + TestTokens.user(own("bob"), Duration.ofHours(2)) + "'}");
        assertThat(bob.next("authenticated").path("expiresAt").asLong()).isPositive();
        bob.send("{'type':'auth','ref':2,'token':'" + TestTokens.user(own("eve")) + "'}");
        assertThat(bob.next("error").path("code").asText()).isEqualTo("forbidden");
        bob.send("{'type':'auth','ref':3,'token':'nonsense'}");
        assertThat(bob.next("error").path("code").asText()).isEqualTo("unauthenticated");
    }

    @Test
    void tokenThatEndsIsAnnouncedAndThenClosesTheLink() {
        TestLink bob = connect(webSocket("?auto=false"), TestTokens.user(own("bob"), Duration.ofSeconds(4)));
        bob.next("welcome");
        bob.next("token_expiring");
        assertThat(bob.closeCode()).isEqualTo(4401);
    }

    @Test
    void tokensThatBreakARuleOpenNoLinkAndRenewNone() throws Exception {
        TestLink bob = link(own("bob"));
        List<String> wrong = new ArrayList<>(TestClaims.broken(own("bob")).stream()
                .map(claims -> claims.sign("JWT"))
                .toList());
        wrong.add(TestClaims.of(own("bob")).sign("id+jwt"));
        for (String token : wrong) {
            HttpRequest poll = HttpRequest.newBuilder(http("/v1/poll?channel=room:a&timeout=1"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            assertThat(client().send(poll, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
            bob.send("{'type':'auth','ref':1,'token':'" + token + "'}");
            assertThat(bob.next("error").path("code").asText()).isEqualTo("unauthenticated");
        }
        bob.send("{'type':'auth','ref':2,'token':'" + TestClaims.of(own("bob")).sign("at+jwt") + "'}");
        assertThat(bob.next("authenticated").path("expiresAt").asLong()).isPositive();
    }

    @Test
    void groupsMakeNoBackEndAndTheInternalCredentialOpensNoLink() throws Exception {
        HttpRequest end = HttpRequest.newBuilder(http("/v1/users/" + own("bob") + "/sessions"))
                .DELETE()
                .header(
                        "Authorization",
                        "Bearer "
                                + TestClaims.of(own("eve"))
                                        .with("groups", "[\"server\"]")
                                        .sign("JWT"))
                .build();
        assertThat(client().send(end, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
        for (String path : List.of("/v1/poll?channel=room:a&timeout=1", "/v1/events?channel=room:a")) {
            HttpRequest internal = HttpRequest.newBuilder(http(path))
                    .header("Authorization", "Bearer " + TestTokens.internal("push"))
                    .build();
            assertThat(client().send(internal, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(403);
        }
        TestLink bob = link(own("bob"));
        bob.send("{'type':'auth','ref':1,'token':'" + TestTokens.internal(own("bob")) + "'}");
        assertThat(bob.next("error").path("code").asText()).isEqualTo("forbidden");
    }

    @Test
    void tokenOfBeforeTheSessionsWereEndedOpensNothingAndANewOneDoes() throws Exception {
        String old = TestClaims.of(own("bob")).issuedAgo(Duration.ofSeconds(10)).sign("JWT");
        TestLink bob = connect(webSocket("?auto=false"), old);
        bob.next("welcome");
        HttpRequest end = HttpRequest.newBuilder(http("/v1/users/" + own("bob") + "/sessions"))
                .DELETE()
                .header("Authorization", "Bearer " + TestTokens.server("backend"))
                .build();
        assertThat(client().send(end, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(204);
        assertThat(bob.closeCode()).isEqualTo(4401);

        for (HttpRequest.Builder refused : List.of(
                HttpRequest.newBuilder(http("/v1/poll?channel=room:a&timeout=1")),
                HttpRequest.newBuilder(http("/v1/events?channel=room:a")),
                HttpRequest.newBuilder(http("/v1/tickets")).POST(HttpRequest.BodyPublishers.noBody()))) {
            HttpRequest request =
                    refused.header("Authorization", "Bearer " + old).build();
            assertThat(client().send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
        }
        TestLink again = link(own("bob"));
        again.send("{'type':'auth','ref':1,'token':'" + old + "'}");
        assertThat(again.next("error").path("code").asText()).isEqualTo("unauthenticated");
    }

    /**
     * Without a notice, as if the bus had lost it: the event alone closes the links of older
     * tokens, and only those.
     */
    @Test
    void linkOfAnOlderTokenClosesByTheEventAlone() throws Exception {
        TestLink old = connect(
                webSocket("?auto=false"),
                TestClaims.of(own("bob")).issuedAgo(Duration.ofSeconds(10)).sign("JWT"));
        old.next("welcome");
        TestLink young = link(own("bob"));
        peer.write(
                Topics.USER_EVENTS,
                own("bob"),
                Json.write(new SessionsEnded(new UserId(own("bob")), System.currentTimeMillis() - 5_000)));
        assertThat(old.closeCode()).isEqualTo(4401);
        young.send("{'type':'ping','ref':1}");
        assertThat(young.next("pong").path("ref").asInt()).isEqualTo(1);
    }

    @Test
    void ticketIsNoTokenInRedisAndEndsWithItsToken() throws Exception {
        String token = TestTokens.user(own("bob"), Duration.ofSeconds(5));
        String ticket = ticket(token);
        assertThat(peer.key("ticket:" + ticket).orElseThrow())
                .contains(own("bob"))
                .doesNotContain(token.substring(token.lastIndexOf('.') + 1));
        TestLink bob = connect(webSocket("?auto=false&ticket=" + ticket), "");
        bob.next("welcome");
        bob.next("token_expiring");
        assertThat(bob.closeCode()).isEqualTo(4401);
    }

    @Test
    void userHasABoundedNumberOfUnusedTickets() throws Exception {
        List<String> tickets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tickets.add(ticket(TestTokens.user(own("bob"))));
        }
        HttpRequest.Builder more =
                HttpRequest.newBuilder(http("/v1/tickets")).POST(HttpRequest.BodyPublishers.noBody());
        HttpResponse<String> refused = send(more, own("bob"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        ticket(TestTokens.user(own("eve")));
        HttpRequest poll = HttpRequest.newBuilder(
                        http("/v1/poll?channel=room:a&timeout=1&ticket=" + tickets.getFirst()))
                .build();
        assertThat(client().send(poll, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        ticket(TestTokens.user(own("bob")));
    }

    private String ticket(String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(http("/v1/tickets"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<String> answer = client().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(201);
        return Json.parse(answer.body().getBytes(StandardCharsets.UTF_8))
                .path("ticket")
                .asText();
    }

    @Test
    void backEndEndsAUsersLinks() throws Exception {
        TestLink bob = link(own("bob"));
        HttpRequest.Builder end = HttpRequest.newBuilder(http("/v1/users/" + own("bob") + "/sessions"))
                .DELETE();
        assertThat(send(end, own("bob")).statusCode()).isEqualTo(403);
        end.setHeader("Authorization", "Bearer " + TestTokens.server("backend"));
        assertThat(client().send(end.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(204);
        assertThat(bob.closeCode()).isEqualTo(4401);
    }

    @Test
    void signalByRestReachesSubscribers() throws Exception {
        String channel = own("signal:cursors");
        peer.channel(channel);
        TestLink bob = subscribed(own("bob"), channel);
        HttpRequest.Builder signal = HttpRequest.newBuilder(http("/v1/channels/" + channel + "/signals"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"data\":{\"x\":1}}"));
        assertThat(send(signal, own("alice")).statusCode()).isEqualTo(202);
        assertThat(bob.next("signal").path("from").asText()).isEqualTo(own("alice"));
    }

    @Test
    void presenceIsAnsweredAndChangesComeWhileWatched() {
        TestLink bob = link(own("bob"));
        bob.send("{'type':'presence','ref':1,'users':['" + own("alice") + "'],'watch':true}");
        JsonNode state = bob.next("presence_state");
        assertThat(state.path("users").path(0).path("status").asText()).isEqualTo("offline");
        peer.presenceChanges(own("alice"), Status.ONLINE);
        assertThat(status(bob.next("presence"))).isEqualTo("online");
        String channel = BusChannel.ofPresence(PresenceShard.of(new UserId(own("alice"))))
                .name();
        assertThat(peer.receivers(channel)).isEqualTo(1);
        bob.close();
        Awaitility.await().until(() -> peer.receivers(channel) == 0);
    }

    @Test
    void changeWhoseBatchWasLostIsFetched() {
        TestLink bob = link(own("bob"));
        bob.send("{'type':'presence','ref':1,'users':['" + own("alice") + "'],'watch':true}");
        bob.next("presence_state");
        peer.presenceChanges(own("alice"), Status.ONLINE);
        bob.next("presence");
        peer.presenceChangesUnheard(own("alice"), Status.AWAY);
        peer.presenceRepeats(own("alice"));
        assertThat(status(bob.next("presence"))).isEqualTo("away");
        peer.presenceRepeats(own("alice"));
        bob.expectNothingElse();
    }

    private static String status(JsonNode presence) {
        return presence.path("changes").path(0).path("status").asText();
    }

    @Test
    void sessionsAreAnnouncedFromStartToEnd() {
        TestLink bob = link(own("bob"));
        awaitEvents(SessionEvent.Kind.STARTED);
        bob.send("{'type':'away'}");
        awaitEvents(SessionEvent.Kind.STARTED, SessionEvent.Kind.AWAY);
        bob.send("{'type':'active'}");
        awaitEvents(SessionEvent.Kind.STARTED, SessionEvent.Kind.AWAY, SessionEvent.Kind.ACTIVE);
        bob.close();
        awaitEvents(
                SessionEvent.Kind.STARTED, SessionEvent.Kind.AWAY, SessionEvent.Kind.ACTIVE, SessionEvent.Kind.ENDED);
    }

    private void awaitEvents(SessionEvent.Kind... kinds) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(peer.sessionEvents(own("bob"))).containsExactly(kinds));
    }

    @Test
    void sessionsOfAShardAreListedOnRequest() {
        TestLink bob = link(own("bob"));
        int shard = PresenceShard.of(new UserId(own("bob")));
        bob.send("{'type':'away'}");
        Awaitility.await()
                .untilAsserted(() -> assertThat(peer.sessionEvents(own("bob"))).contains(SessionEvent.Kind.AWAY));
        peer.publish(BusChannel.SESSIONS_WANTED.name(), Json.write(new SessionsWanted(null, List.of(shard))));
        Awaitility.await()
                .untilAsserted(() -> assertThat(peer.sessionRecords(SessionList.class).stream()
                                .flatMap(list -> list.sessions().stream())
                                .filter(listed -> listed.user().value().equals(own("bob")))
                                .map(SessionList.Listed::away))
                        .containsExactly(true));
    }

    @Test
    void healthAndMetricsAreThere() throws Exception {
        link(own("bob"));
        assertThat(body("/q/health/ready")).contains("\"status\": \"UP\"");
        String metrics = body("/q/metrics");
        assertThat(metrics)
                .contains(
                        "dunlin_links ",
                        "dunlin_frames_out_total",
                        "dunlin_subscriptions ",
                        "kafka_producer_record_send_total");
        assertThat(new Exposition(metrics).undescribed()).isEmpty();
    }

    private String body(String path) throws IOException, InterruptedException {
        return client().send(HttpRequest.newBuilder(management(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String user)
            throws IOException, InterruptedException {
        return client().send(
                        request.header("Authorization", "Bearer " + TestTokens.user(user))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private int refusedStatus(URI uri, String token) {
        Throwable refused = catchThrowable(() -> connect(uri, token));
        assertThat(refused).hasCauseInstanceOf(WebSocketHandshakeException.class);
        return refused.getCause() instanceof WebSocketHandshakeException handshake
                ? handshake.getResponse().statusCode()
                : 0;
    }
}
