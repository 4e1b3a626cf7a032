package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.testing.SelfSignedCertificate;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Curl;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.Nginx;
import dev.dunlin.scenarios.suite.OnStruckSuite;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Event streams and long polls with a client that knows nothing of Dunlin. */
@OnStruckSuite
class CurlIT {
    private final Suite suite;
    private final UserId alice;
    private final UserId bob;
    private final ChannelName group;
    private final Optional<Path> curl = Curl.find();
    private int published;

    CurlIT(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.group = names.group("curl");
        suite.createGroup(group, alice, bob);
    }

    @BeforeEach
    void skipWithoutCurl() {
        skip(curl, "curl", "the event stream of a plain client");
    }

    @Test
    void anEventStreamGoesOnAtTheOtherNodeExactlyAfterItsLastEventId() throws IOException {
        String id;
        try (Curl stream = events(suite.node(1), "")) {
            awaitSubscribed(stream, false);
            publish(3);
            assertThat(List.of(stream.seq(), stream.seq(), stream.seq())).containsExactly(1L, 2L, 3L);
            id = stream.id();
        }
        publish(3);
        try (Curl stream = events(suite.node(2), id)) {
            awaitSubscribed(stream, true);
            publish(1);
            assertThat(List.of(stream.seq(), stream.seq(), stream.seq(), stream.seq()))
                    .containsExactly(4L, 5L, 6L, 7L);
        }
    }

    @Test
    void aStreamWhoseNodeIsKilledGoesOnThroughTheGateway() throws IOException {
        try (Curl stream = events(suite.gateway(), "")) {
            String node = stream.frame().path("node").asText();
            awaitSubscribed(stream, false);
            publish(1);
            assertThat(stream.seq()).isEqualTo(1);
            String id = stream.id();
            suite.kill(node);
            publish(2);
            try (Curl again = events(suite.gateway(), id)) {
                assertThat(List.of(again.seq(), again.seq())).containsExactly(2L, 3L);
            }
        } finally {
            suite.awaitHealthy();
        }
    }

    @Test
    void pollsMayAskAnyNodeEachTime() throws IOException {
        JsonNode first = poll(suite.node(1), "");
        assertThat(types(first)).containsExactly("welcome", "subscribed");
        publish(3);
        List<Long> seqs = new ArrayList<>();
        String cursor = first.path("cursor").asText();
        for (int asked = 0; seqs.size() < 5 && asked < 10; asked++) {
            JsonNode answer = poll(suite.node(1 + asked % 2), cursor);
            answer.path("frames").forEach(frame -> seqs.add(frame.path("seq").asLong()));
            cursor = answer.path("cursor").asText();
            if (published < 5) {
                publish(1);
            }
        }
        assertThat(seqs).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void nginxPassesEachEventOnAtOnce() throws IOException {
        Optional<Path> nginx = Nginx.find();
        skip(nginx, "nginx", "its handling of event streams");
        Path deploy = Checkout.fromSystemProperty().root().resolve("deploy/nginx");
        try (Nginx gateway = Nginx.start(nginx.orElseThrow(), deploy, suite)) {
            URI nowhere = URI.create(gateway.origin() + "/nowhere");
            await().atMost(Suite.DEADLINE)
                    .ignoreExceptions()
                    .until(() -> new Replies(suite.http()).get(nowhere).statusCode() == 404);
            passesEachEventOnAtOnce(gateway.origin());
        }
    }

    @Test
    void nginxPassesEachEventOnAtOnceWithTlsAndHttp2Too() throws IOException {
        Optional<Path> nginx = Nginx.find();
        skip(nginx, "nginx", "TLS and HTTP/2");
        SelfSignedCertificate certificate = SelfSignedCertificate.make(suite.data());
        Path deploy = Checkout.fromSystemProperty().root().resolve("deploy/nginx");
        try (Nginx gateway = Nginx.start(nginx.orElseThrow(), deploy, suite, certificate);
                HttpClient http =
                        HttpClient.newBuilder().sslContext(certificate.trust()).build()) {
            URI nowhere = URI.create(gateway.origin() + "/nowhere");
            await().atMost(Suite.DEADLINE)
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(new Replies(http).get(nowhere).version()).isEqualTo(HttpClient.Version.HTTP_2));
            assertThat(new Replies(suite.http()).get(gateway.plain()).statusCode())
                    .isEqualTo(308);
            passesEachEventOnAtOnce(
                    gateway.origin(),
                    "--http2",
                    "--cacert",
                    certificate.certificate().toString());
        }
    }

    private void passesEachEventOnAtOnce(URI gateway, String... options) throws IOException {
        try (Curl stream = events(gateway, "", options)) {
            awaitSubscribed(stream, false);
            for (long seq = 1; seq <= 3; seq++) {
                publish(1);
                assertThat(stream.seq()).isEqualTo(seq);
            }
            assertThat(types(poll(gateway, "", options))).containsExactly("welcome", "subscribed");
        }
    }

    private void awaitSubscribed(Curl stream, boolean recovered) {
        JsonNode frame = stream.frame();
        while (!frame.path("type").asText().equals("subscribed")) {
            frame = stream.frame();
        }
        assertThat(frame.path("recovered").asBoolean()).isEqualTo(recovered);
    }

    private Curl events(URI origin, String lastEventId, String... options) throws IOException {
        URI uri = URI.create(origin + "/v1/events?channel=" + group);
        List<String> all = new ArrayList<>(List.of(options));
        if (!lastEventId.isEmpty()) {
            all.addAll(List.of("-H", "Last-Event-ID: " + lastEventId));
        }
        return Curl.start(curl.orElseThrow(), uri, suite.stack().userToken(bob.value()), all.toArray(String[]::new));
    }

    private JsonNode poll(URI origin, String cursor, String... options) throws IOException {
        String query = "?timeout=5&channel=" + group + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
        try (Curl answer = Curl.start(
                curl.orElseThrow(),
                URI.create(origin + "/v1/poll" + query),
                suite.stack().userToken(bob.value()),
                options)) {
            return Replies.json(answer.line());
        }
    }

    private static List<String> types(JsonNode answer) {
        List<String> types = new ArrayList<>();
        answer.path("frames").forEach(frame -> types.add(frame.path("type").asText()));
        return types;
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            published++;
            suite.rest(alice)
                    .publish(group, new ClientMessageId("m" + published), Json.tree("text"))
                    .join();
        }
    }

    private static void skip(Optional<Path> program, String name, String what) {
        if (program.isEmpty()) {
            String message = "SKIPPED: there is no " + name + " on this machine, so " + what
                    + " is not tested. Install it, or run .ci/run, which does.";
            System.err.println(message);
            Assumptions.abort(message);
        }
    }
}
