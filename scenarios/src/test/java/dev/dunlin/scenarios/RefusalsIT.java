package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.client.link.HandshakeRefused;
import dev.dunlin.client.link.RawLink;
import dev.dunlin.engines.tokens.TokenRequest;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnSharedSuite
class RefusalsIT {
    private static final Duration LONG_EXPIRED = Duration.ofHours(-1);

    private final Suite suite;
    private final UserId alice;
    private final ChannelName foreign;
    private final RawLink link;

    RefusalsIT(Suite suite, Names names) throws IOException {
        this.suite = suite;
        this.alice = names.user("alice");
        this.foreign = names.group("foreign");
        suite.createGroup(foreign, names.user("bob"), names.user("carol"));
        this.link = suite.link(alice, suite.gateway());
    }

    @AfterEach
    void theLinkIsStillOpenAndGood() {
        link.send("{\"type\":\"ping\",\"ref\":\"last\"}");
        assertThat(link.await(ServerFrame.Pong.class)).isNotNull();
        assertThat(link.isOpen()).isTrue();
        link.close();
    }

    @Test
    void aHandshakeWithoutATokenIs401() {
        assertHandshake(handshake -> {}, 401);
    }

    @Test
    void aHandshakeWithAnExpiredTokenIs401() {
        String expired = suite.token(TokenRequest.user("alice", LONG_EXPIRED));
        assertHandshake(handshake -> handshake.header("Authorization", "Bearer " + expired), 401);
    }

    @Test
    void aHandshakeWithAForgedTokenIs401() {
        String good = suite.stack().userToken("alice");
        String signature = good.substring(good.lastIndexOf('.') + 1);
        String forged = good.substring(0, good.lastIndexOf('.') + 1) + new StringBuilder(signature).reverse();
        assertHandshake(handshake -> handshake.header("Authorization", "Bearer " + forged), 401);
    }

    @Test
    void theTokenMayComeAsASubprotocolAsABrowserSendsIt() throws IOException {
        String token = suite.stack().userToken("alice");
        try (RawLink browser = RawLink.open(
                suite.http(),
                Suite.socket(suite.gateway()),
                handshake -> handshake.subprotocols("dunlin.v1", "bearer." + token),
                Suite.DEADLINE)) {
            assertThat(browser.await(ServerFrame.Welcome.class).user()).isEqualTo(new UserId("alice"));
        }
    }

    @Test
    void restWithoutATokenIsAProblemDocumentWith401() throws IOException, InterruptedException {
        HttpResponse<String> answer = suite.http()
                .send(
                        HttpRequest.newBuilder(suite.gateway().resolve("/v1/channels"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).contains("\"unauthenticated\"");
    }

    @Test
    void aForeignChannelIsForbiddenToSubscribe() {
        link.send("{\"type\":\"subscribe\",\"ref\":1,\"channel\":\"" + foreign + "\"}");
        assertError(1, ErrorCode.FORBIDDEN);
    }

    @Test
    void aForeignChannelIsForbiddenToPublish() {
        link.send("{\"type\":\"publish\",\"ref\":1,\"channel\":\"" + foreign + "\",\"id\":\"x\",\"data\":1}");
        assertError(1, ErrorCode.FORBIDDEN);
    }

    @Test
    void aForeignChannelCannotBeToldFromOneThatIsNotThere() {
        ChannelName none = new ChannelName("group:nobody-made-this");
        for (String what : new String[] {
            "\"type\":\"subscribe\"",
            "\"type\":\"publish\",\"id\":\"x\",\"data\":1",
            "\"type\":\"react\",\"seq\":1,\"emoji\":\"x\""
        }) {
            assertThat(refusal(what, foreign)).isEqualTo(refusal(what, none));
        }
        link.send("{\"type\":\"subscribe\",\"ref\":1,\"channel\":\"nonamespace:a\"}");
        assertError(1, ErrorCode.NOT_FOUND);
    }

    private String refusal(String frame, ChannelName channel) {
        link.send("{" + frame + ",\"ref\":1,\"channel\":\"" + channel + "\"}");
        return assertError(1, ErrorCode.FORBIDDEN).toString().replace(channel.value(), "it");
    }

    @Test
    void textThatIsNoJsonIsABadRequestThatSaysWhere() {
        link.send("{\"type\":");
        JsonNode error = link.await("error");
        assertThat(error.path("code").asText()).isEqualTo("bad_request");
        assertThat(error.path("message").asText()).contains("column");
        assertThat(error.has("ref")).isFalse();
    }

    @Test
    void textThatIsNestedWithoutEndIsRefusedAsAnyOther() throws IOException, InterruptedException {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        link.send("{\"type\":\"publish\",\"ref\":9,\"channel\":\"room:deep\",\"id\":\"x\",\"data\":" + "[".repeat(900)
                + "]".repeat(900) + "}");
        assertThat(assertError(9, ErrorCode.BAD_REQUEST).path("message").asText())
                .startsWith("data: ");
        link.send("{\"type\":\"ping\",\"more\":" + deep + "}");
        assertThat(link.await("error").path("message").asText()).contains("nested");
        HttpResponse<String> answer = suite.http()
                .send(
                        HttpRequest.newBuilder(suite.gateway().resolve("/v1/channels/room:deep/messages"))
                                .header(
                                        "Authorization",
                                        "Bearer " + suite.stack().userToken(alice.value()))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"deep\",\"data\":" + deep + "}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Replies.json(answer).path("detail").asText()).contains("nested");
    }

    @Test
    void aFieldThatIsWrongIsNamed() {
        link.send("{\"type\":\"publish\",\"ref\":7,\"channel\":\"no colon\",\"id\":\"x\",\"data\":1}");
        assertThat(assertError(7, ErrorCode.BAD_REQUEST).path("message").asText())
                .startsWith("channel: ");
    }

    @Test
    void anUnknownTypeIsSaid() {
        link.send("{\"type\":\"dance\",\"ref\":2}");
        assertThat(assertError(2, ErrorCode.UNKNOWN_TYPE).path("message").asText())
                .contains("dance");
    }

    @Test
    void aMessageOverTheLimitIsTooLarge() {
        int limit = link.received(ServerFrame.Welcome.class).getFirst().limits().maxMessageBytes();
        link.send("{\"type\":\"publish\",\"ref\":3,\"channel\":\"room:any\",\"id\":\"x\",\"data\":\""
                + "x".repeat(limit) + "\"}");
        assertError(3, ErrorCode.TOO_LARGE);
    }

    @Test
    void oneBadFrameOfAnArrayDoesNotTakeTheOthersWithIt() {
        link.send("[{\"type\":\"dance\",\"ref\":4},{\"type\":\"ping\",\"ref\":5}]");
        assertError(4, ErrorCode.UNKNOWN_TYPE);
        assertThat(link.await("pong").path("ref").asInt()).isEqualTo(5);
    }

    private JsonNode assertError(int ref, ErrorCode code) {
        JsonNode error =
                link.await("error", frame -> frame.path("type").asText().equals("error"));
        assertThat(error.path("code").asText()).isEqualTo(code.wire());
        assertThat(error.path("ref").asInt(-1)).isEqualTo(ref);
        return error;
    }

    private void assertHandshake(Consumer<WebSocket.Builder> handshake, int status) {
        assertThatThrownBy(() -> RawLink.open(suite.http(), Suite.socket(suite.gateway()), handshake, Suite.DEADLINE))
                .isInstanceOfSatisfying(
                        HandshakeRefused.class,
                        refused -> assertThat(refused.status()).isEqualTo(status));
    }
}
