package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.peer.NodeIT;
import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.connection.peer.TestFeed;
import dev.dunlin.connection.peer.TestPoll;
import dev.dunlin.connection.peer.TestStream;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.protocol.kafka.SessionEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for event streams and long polls alike, and on HTTP/1.1 and HTTP/2. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(PeerAddress.class)
class StreamsIT extends NodeIT {
    enum Transport {
        EVENTS,
        EVENTS_OVER_H2C,
        POLL
    }

    @ParameterizedTest
    @EnumSource
    void everyEventComesOnceAndInOrderAcrossReconnects(Transport transport) {
        String channel = own("room:lobby");
        peer.channel(channel);
        peer.append(channel, 2);
        String query = "?channel=" + channel;
        String cursor;
        try (TestFeed feed = feed(transport, query, "")) {
            assertThat(feed.next("welcome").has("channels")).isFalse();
            JsonNode subscribed = feed.next("subscribed");
            assertThat(subscribed.path("head").asLong()).isEqualTo(2);
            assertThat(subscribed.has("recovered")).isFalse();
            peer.append(channel, 3);
            assertThat(feed.seqs(3)).containsExactly(3L, 4L, 5L);
            cursor = feed.cursor();
        }
        peer.append(channel, 400);
        try (TestFeed feed = feed(transport, query, cursor)) {
            skipGreeting(transport, feed, true);
            peer.append(channel, 1);
            assertThat(feed.seqs(401))
                    .isEqualTo(LongStream.rangeClosed(6, 406).boxed().toList());
            cursor = feed.cursor();
        }
        try (TestFeed feed = feed(transport, query, cursor)) {
            skipGreeting(transport, feed, true);
            peer.append(channel, 1);
            assertThat(feed.seqs(1)).containsExactly(407L);
        }
    }

    @Test
    void cursorOfAPollGoesOnAsAStreamAndBack() {
        String channel = own("room:lobby");
        peer.channel(channel);
        String query = "?channel=" + channel;
        String cursor;
        try (TestFeed poll = feed(Transport.POLL, query, "")) {
            poll.find("subscribed");
            peer.append(channel, 1);
            assertThat(poll.seqs(1)).containsExactly(1L);
            cursor = poll.cursor();
        }
        peer.append(channel, 1);
        try (TestFeed stream = feed(Transport.EVENTS, query, cursor)) {
            stream.find("subscribed");
            assertThat(stream.seqs(1)).containsExactly(2L);
            cursor = stream.cursor();
        }
        peer.append(channel, 1);
        try (TestFeed poll = feed(Transport.POLL, query, cursor)) {
            assertThat(poll.seqs(1)).containsExactly(3L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutChannelsTheUsersOwnAreMeant(Transport transport) {
        String first = own("group:first");
        String second = own("group:second");
        peer.channel(first, own("bob"));
        peer.channel(second, own("bob"));
        peer.append(first, 2);
        String cursor;
        try (TestFeed feed = feed(transport, "", "")) {
            assertThat(feed.next("welcome").path("channels")).hasSize(2);
            assertThat(List.of(
                            feed.next("subscribed").path("channel").asText(),
                            feed.next("subscribed").path("channel").asText()))
                    .containsExactlyInAnyOrder(first, second);
            peer.append(second, 1);
            assertThat(feed.next("message").path("channel").asText()).isEqualTo(second);
            cursor = feed.cursor();
        }
        peer.append(first, 1);
        try (TestFeed feed = feed(transport, "", cursor)) {
            JsonNode message = feed.find("message");
            assertThat(message.path("channel").asText()).isEqualTo(first);
            assertThat(message.path("seq").asLong()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cursorOpensNothing(Transport transport) {
        String secret = own("group:secret");
        peer.channel(secret, own("bob"));
        String cursor;
        try (TestFeed feed = feed(transport, "?channel=" + secret, "")) {
            feed.find("subscribed");
            cursor = feed.cursor();
        }
        peer.expel(secret, own("bob"));
        peer.append(secret, 1);
        try (TestFeed feed = feed(transport, "?channel=" + secret, cursor)) {
            JsonNode error = feed.find("error");
            assertThat(error.path("code").asText()).isEqualTo("forbidden");
            assertThat(error.path("ref").asInt(-1)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void cursorThatKnowsNothingOfAChannelSaysSo(Transport transport) {
        String channel = own("room:lobby");
        peer.channel(channel);
        peer.append(channel, 3);
        for (String cursor : List.of("1AAAAAAA", "2of-a-later-version")) {
            try (TestFeed feed = feed(transport, "?channel=" + channel, cursor)) {
                JsonNode subscribed = feed.find("subscribed");
                assertThat(subscribed.path("recovered").asBoolean(true)).isFalse();
                assertThat(subscribed.path("head").asLong()).isGreaterThanOrEqualTo(3);
                peer.append(channel, 1);
                assertThat(feed.next("message").path("seq").asLong())
                        .isEqualTo(subscribed.path("head").asLong() + 1);
            }
        }
    }

    @Test
    void whatCannotBeReadIsRefusedWithASentence() throws Exception {
        for (String query : List.of(
                "?channel=nocolon",
                "?channel=room:a&cursor=damaged",
                "?channel=room:a&cursor=1AAAAAAB",
                "?channel=room:a&cursor=%00%ff",
                "?timeout=0&channel=room:a",
                "?timeout=61&channel=room:a",
                "?timeout=x&channel=room:a",
                many(501))) {
            for (String path : List.of("/v1/events", "/v1/poll")) {
                HttpResponse<String> answer =
                        client().send(request(http(path + query)).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(query).isEqualTo(400);
                assertThat(answer.body()).contains("\"code\":\"bad_request\"");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokenThatEndsEndsTheStream(Transport transport) {
        String channel = own("room:lobby");
        peer.channel(channel);
        String token = TestTokens.user(own("bob"), Duration.ofSeconds(4));
        try (TestFeed feed = feed(transport, "?channel=" + channel, "", token)) {
            feed.next("welcome");
            JsonNode error = feed.find("error");
            assertThat(error.path("code").asText()).isEqualTo("unauthenticated");
            assertThat(error.path("retryable").asBoolean(true)).isFalse();
            assertThat(feed.ends()).isTrue();
        }
    }

    @Test
    void pollsAreWarnedOnceThatTheTokenEnds() {
        String channel = own("room:lobby");
        peer.channel(channel);
        String token = TestTokens.user(own("bob"), Duration.ofSeconds(50));
        String cursor = "";
        int warnings = 0;
        int held = 0;
        for (int poll = 0; poll < 6; poll++) {
            TestPoll once = new TestPoll(client(), http("/v1/poll?timeout=2&channel=" + channel), token, cursor);
            JsonNode answer = TestPoll.body(once.ask());
            warnings += answer.path("frames").findValuesAsText("type").contains("token_expiring") ? 1 : 0;
            held += answer.path("frames").isEmpty() ? 1 : 0;
            cursor = answer.path("cursor").asText();
        }
        assertThat(warnings).isEqualTo(1);
        assertThat(held).isGreaterThanOrEqualTo(4); // all but the one with welcome and the one with the warning
    }

    @ParameterizedTest
    @EnumSource
    void backEndEndsAUsersStreams(Transport transport) throws Exception {
        String channel = own("room:lobby");
        peer.channel(channel);
        try (TestFeed feed = feed(transport, "?channel=" + channel, cursorOf(channel))) {
            var error = CompletableFuture.supplyAsync(() -> feed.find("error"));
            Awaitility.await().until(() -> peer.receivers("ch:" + channel) == 1);
            HttpRequest end = HttpRequest.newBuilder(http("/v1/users/" + own("bob") + "/sessions"))
                    .DELETE()
                    .header("Authorization", "Bearer " + TestTokens.server("backend"))
                    .build();
            assertThat(client().send(end, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
            assertThat(error.get(10, TimeUnit.SECONDS).path("code").asText()).isEqualTo("unauthenticated");
            Awaitility.await().until(() -> peer.receivers("ch:" + channel) == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientThatGoesAwayLeavesNothingBehind(Transport transport) {
        String channel = own("room:lobby");
        peer.channel(channel);
        HttpClient leaving = HttpClient.newHttpClient();
        URI uri = transport == Transport.POLL
                ? http("/v1/poll?channel=" + channel + "&cursor=" + cursorOf(channel))
                : http("/v1/events?channel=" + channel);
        var held = leaving.sendAsync(
                request(uri)
                        .version(
                                transport == Transport.EVENTS_OVER_H2C
                                        ? HttpClient.Version.HTTP_2
                                        : HttpClient.Version.HTTP_1_1)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        Awaitility.await().until(() -> peer.receivers("ch:" + channel) == 1);
        held.cancel(true);
        leaving.shutdownNow();
        Awaitility.await().until(() -> peer.receivers("ch:" + channel) == 0);
        Awaitility.await().untilAsserted(() -> {
            assertThat(peer.sessionEvents(own("bob"))).contains(SessionEvent.Kind.ENDED);
            assertThat(peer.openSessions(own("bob"))).isEmpty();
        });
    }

    private String cursorOf(String channel) {
        try (TestFeed feed = feed(Transport.POLL, "?channel=" + channel, "")) {
            feed.next("welcome");
            feed.next("subscribed");
            return feed.cursor();
        }
    }

    private static String many(int channels) {
        StringBuilder query = new StringBuilder("?timeout=1");
        for (int i = 0; i < channels; i++) {
            query.append("&channel=r:").append(i);
        }
        return query.toString();
    }

    /** What comes before the first event after a cursor: nothing on a poll. */
    private static void skipGreeting(Transport transport, TestFeed feed, boolean recovered) {
        if (transport != Transport.POLL) {
            feed.next("welcome");
            assertThat(feed.next("subscribed").path("recovered").asBoolean()).isEqualTo(recovered);
        }
    }

    private TestFeed feed(Transport transport, String query, String cursor) {
        return feed(transport, query, cursor, TestTokens.user(own("bob")));
    }

    private TestFeed feed(Transport transport, String query, String cursor, String token) {
        return switch (transport) {
            case EVENTS -> TestStream.open(client(), request(http("/v1/events" + query), token), cursor);
            case EVENTS_OVER_H2C ->
                TestStream.open(
                        client(),
                        request(http("/v1/events" + query), token).version(HttpClient.Version.HTTP_2),
                        cursor);
            case POLL -> new TestPoll(client(), http("/v1/poll" + query), token, cursor);
        };
    }

    private HttpRequest.Builder request(URI uri) {
        return request(uri, TestTokens.user(own("bob")));
    }

    private static HttpRequest.Builder request(URI uri, String token) {
        return HttpRequest.newBuilder(uri)
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + token);
    }
}
