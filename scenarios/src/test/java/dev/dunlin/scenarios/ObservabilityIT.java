package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.client.link.RawLink;
import dev.dunlin.engines.testing.Exposition;
import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.localstack.ProcessStatus;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OnSharedSuite
class ObservabilityIT {
    private static final Set<String> SERVICES =
            Set.of("connection-service", "message-service", "presence-service", "push-service");

    private final Suite suite;
    private final Replies replies;
    private final UserId alice;
    private final UserId bob;
    private final UserId carol;
    private final ChannelName group;

    ObservabilityIT(Suite suite, Names names) {
        this.suite = suite;
        this.replies = new Replies(suite.http());
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.carol = names.user("carol");
        this.group = names.group("trace");
    }

    @Test
    void everyServiceSaysThatItIsHealthyAndWhatItChecked() throws Exception {
        for (ProcessStatus process : services()) {
            HttpResponse<String> answer = replies.get(URI.create(process.management() + "/q/health"));
            assertThat(answer.statusCode()).as(process.name()).isEqualTo(200);
            assertThat(Replies.json(answer).path("status").asText())
                    .as(process.name())
                    .isEqualTo("UP");
            assertThat(Replies.json(answer).path("checks")).as(process.name()).isNotEmpty();
        }
    }

    @Test
    void everyServiceHasMetricsOfItsOwn() throws Exception {
        for (ProcessStatus process : services()) {
            HttpResponse<String> answer = replies.get(URI.create(process.management() + "/q/metrics"));
            assertThat(answer.body()).as(process.name()).contains("dunlin_").contains("# TYPE");
            assertThat(new Exposition(answer.body()).undescribed())
                    .as(process.name())
                    .isEmpty();
        }
    }

    @Test
    void everyServiceTellsItsOpenApi() throws Exception {
        for (ProcessStatus process : services()) {
            HttpResponse<String> answer = replies.get(URI.create(process.management() + "/q/openapi"));
            assertThat(answer.body()).as(process.name()).contains("openapi: 3").contains("/v1/");
        }
    }

    @Test
    void everyLineOfAServicesLogIsJson() throws Exception {
        for (ProcessStatus process : services()) {
            List<String> lines = suite.log(process.name()).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            assertThat(lines).as(process.name()).isNotEmpty().allSatisfy(line -> {
                JsonNode entry = Replies.json(line);
                assertThat(entry.path("timestamp").asText()).isNotBlank();
                assertThat(entry.path("level").asText()).isNotBlank();
                assertThat(entry.path("message").isTextual()).isTrue();
            });
        }
    }

    @Test
    void theGatewayGivesNoAccessToWhatIsInternal() throws IOException {
        String server = suite.stack().serverToken("back-end");
        for (String path : List.of(
                "/internal/users/alice/channels",
                "/q/health",
                "/q/metrics",
                "/v1/../internal/users/alice/channels",
                "/v1/channels/..%2f..%2finternal%2fusers%2falice%2fchannels")) {
            HttpResponse<String> answer =
                    replies.get(URI.create(suite.gateway() + path), "Authorization", "Bearer " + server);
            assertThat(answer.statusCode()).as(path).isBetween(400, 404);
        }
    }

    @Test
    void oneTraceIdFollowsAMessageThroughAllServices() throws IOException {
        suite.createGroup(group, alice, bob, carol);
        try (PushEndpoint endpoint = PushEndpoint.start();
                RawLink one = suite.subscribed(alice, suite.node(1), group);
                RawLink two = suite.subscribed(bob, suite.node(2), group)) {
            PushEndpoint.Hook hook = endpoint.hook("a secret of sixteen or more characters");
            suite.rest(carol)
                    .registerDevice(Json.tree(Map.of("kind", "webhook", "url", hook.url(), "secret", hook.secret())))
                    .join();
            one.send(new ClientFrame.Publish(Ref.of(1), group, new ClientMessageId("m"), Json.tree("text"), null));
            two.await(ServerFrame.Message.class);
            String trace = await().atMost(Suite.DEADLINE)
                    .until(() -> traceOf("connection-1", "published"), Optional::isPresent)
                    .orElseThrow();
            for (String process : List.of("connection-1", "connection-2", "message-service", "push-service")) {
                await(process)
                        .atMost(Suite.DEADLINE)
                        .until(() -> traces(process)
                                .anyMatch(entry -> entry.path("mdc")
                                        .path("traceId")
                                        .asText()
                                        .equals(trace)));
            }
        }
    }

    @Test
    void theTraceOfARestCallIsTheCallers() throws IOException {
        suite.createGroup(group, alice, bob);
        String trace = "0af7651916cd43dd8448eb211c803199";
        HttpResponse<String> answer = replies.post(
                URI.create(suite.gateway() + "/v1/channels/" + group + "/messages"),
                Map.of("id", "m", "data", "text"),
                "Authorization",
                "Bearer " + suite.stack().userToken(alice.value()),
                "traceparent",
                "00-" + trace + "-b7ad6b7169203331-01");
        assertThat(answer.statusCode()).isEqualTo(201);
        await().atMost(Suite.DEADLINE)
                .until(() -> traces("message-service")
                        .anyMatch(entry ->
                                entry.path("mdc").path("traceId").asText().equals(trace)));
    }

    private Optional<String> traceOf(String process, String step) {
        return traces(process)
                .filter(entry -> entry.path("message").asText().contains(group.value()))
                .filter(entry -> entry.path("message").asText().contains(step))
                .map(entry -> entry.path("mdc").path("traceId").asText())
                .findFirst();
    }

    private Stream<JsonNode> traces(String process) {
        return suite.log(process).stream()
                .filter(line -> line.contains("\"dunlin.trace\"") && line.endsWith("}"))
                .map(Replies::json);
    }

    private List<ProcessStatus> services() throws InterruptedException {
        List<ProcessStatus> found = suite.stack().status().stream()
                .filter(process -> SERVICES.contains(process.role()))
                .toList();
        assertThat(found).hasSize(5);
        return found;
    }
}
