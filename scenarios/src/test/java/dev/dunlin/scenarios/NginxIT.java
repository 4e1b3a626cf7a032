package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.client.DunlinClient;
import dev.dunlin.client.link.RawLink;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.engines.Checkout;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.suite.Heard;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.Nginx;
import dev.dunlin.scenarios.suite.OnStruckSuite;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnStruckSuite
class NginxIT {
    private static final String MISSING =
            "SKIPPED: there is no nginx on this machine, so its configuration is not tested."
                    + " Install it (apt-get install nginx-light), or run .ci/run, which does.";

    /** Each of nginx's workers deals its links out by itself. */
    private static final int MANY = 8;

    private final Suite suite;
    private final UserId alice;
    private final UserId bob;
    private final ChannelName group;
    private final Optional<Nginx> nginx;

    NginxIT(Suite suite, Names names) throws IOException {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.group = names.group("nginx");
        Optional<java.nio.file.Path> executable = Nginx.find();
        this.nginx = executable.isEmpty()
                ? Optional.empty()
                : Optional.of(Nginx.start(
                        executable.get(), Checkout.fromSystemProperty().root().resolve("deploy/nginx"), suite));
    }

    @BeforeEach
    void requireNginx() {
        if (nginx.isEmpty()) {
            System.err.println(MISSING);
        }
        Assumptions.assumeTrue(nginx.isPresent(), MISSING);
        await().atMost(Suite.DEADLINE)
                .failFast("nginx runs", () -> !nginx.get().isAlive())
                .ignoreExceptions()
                .until(() -> get("/nowhere").statusCode() == 404);
        suite.createGroup(group, alice, bob);
    }

    @AfterEach
    void stopNginx() {
        nginx.ifPresent(Nginx::close);
    }

    @Test
    void linksGoToBothNodes() throws IOException {
        List<RawLink> links = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                links.add(suite.link(alice, origin()));
            }
            assertThat(links)
                    .extracting(link -> link.received(ServerFrame.Welcome.class)
                            .getFirst()
                            .node()
                            .value())
                    .anySatisfy(node -> assertThat(node).startsWith("connection-1"))
                    .anySatisfy(node -> assertThat(node).startsWith("connection-2"));
        } finally {
            links.forEach(RawLink::close);
        }
    }

    @Test
    void twoUsersTalk() throws IOException {
        try (RawLink one = suite.subscribed(alice, origin(), group);
                RawLink two = suite.subscribed(bob, origin(), group)) {
            one.send(new ClientFrame.Publish(Ref.of(1), group, new ClientMessageId("m"), Json.tree("hi"), null));
            assertThat(two.await(ServerFrame.Message.class).seq())
                    .isEqualTo(one.await(ServerFrame.Ack.class).seq());
        }
    }

    @Test
    void theOpenApiDocumentIsServed() throws IOException {
        assertThat(get("/openapi.yaml").body())
                .isEqualTo(Files.readString(Checkout.fromSystemProperty().root().resolve("docs/openapi.yaml")));
    }

    @Test
    void restGoesToTheServiceThatOwnsThePath() {
        RestClient rest = suite.rest(origin(), suite.stack().userToken(alice.value()));
        assertThat(rest.publish(group, new ClientMessageId("m"), Json.tree("text"))
                        .join()
                        .seq())
                .isEqualTo(1);
        assertThat(rest.messagesBefore(group, OptionalLong.empty(), 10).join().messages())
                .hasSize(1);
        assertThat(rest.members(group, null).join().members()).hasSize(2);
        assertThat(suite.rest(origin(), suite.stack().serverToken("back-end"))
                        .presence(List.of(alice, bob))
                        .join())
                .hasSize(2);
    }

    @Test
    void nothingIsStickyAClientGoesOnWhereverItComesBack() {
        Heard heard = new Heard();
        try (DunlinClient client = suite.client(bob, origin(), heard)) {
            client.connect().join();
            client.subscribe(group).join();
            publish(1);
            await().atMost(Suite.DEADLINE).until(() -> heard.seqs(group).equals(List.of(1L)));
            suite.kill("connection-1");
            publish(2);
            suite.awaitHealthy();
            suite.kill("connection-2");
            publish(3);
            await().atMost(Suite.DEADLINE.multipliedBy(2))
                    .until(() -> heard.seqs(group).equals(List.of(1L, 2L, 3L)));
        } finally {
            suite.awaitHealthy();
        }
    }

    @Test
    void whatIsInternalIsNotRouted() throws IOException {
        for (String path : List.of(
                "/internal/users/alice/channels",
                "/q/health",
                "/v1/../internal/users/alice/channels",
                "/v1/channels/..%2f..%2finternal%2fusers%2falice%2fchannels",
                "//internal/users/alice/channels")) {
            assertThat(get(path).statusCode()).as(path).isBetween(400, 404);
        }
    }

    @Test
    void refusalsOfTheGatewayAreProblemDocuments() throws IOException {
        HttpResponse<String> answer = get("/nowhere");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(Replies.json(answer).path("code").asText()).isEqualTo("not_found");
    }

    private void publish(int number) {
        suite.rest(alice)
                .publish(group, new ClientMessageId("m" + number), Json.tree("text"))
                .join();
    }

    private HttpResponse<String> get(String path) throws IOException {
        return new Replies(suite.http())
                .get(
                        URI.create(origin() + path),
                        "Authorization",
                        "Bearer " + suite.stack().serverToken("back-end"));
    }

    private URI origin() {
        return nginx.orElseThrow().origin();
    }
}
