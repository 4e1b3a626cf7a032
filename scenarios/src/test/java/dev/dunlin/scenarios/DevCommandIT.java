package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.engines.Checkout;
import dev.dunlin.scenarios.suite.DevCommand;
import dev.dunlin.scenarios.suite.DevCommand.Typed;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(2)
class DevCommandIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration TO_START = Duration.ofSeconds(150);
    private static final int LAST = Integer.MAX_VALUE;

    private final Path target = Checkout.fromSystemProperty().root().resolve("scenarios/target");
    private final DevCommand dev = new DevCommand(target.resolve("suite-dev"));
    private DevCommand.Result up = new DevCommand.Result(-1, "", "");
    private String url = "";

    @BeforeAll
    void up() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("up", "--port", "0", "--fresh", "--detach"));
        if (Boolean.getBoolean("scenarios.native")) {
            arguments.add("--native");
        }
        up = dev.run(TO_START, arguments.toArray(String[]::new));
        assertThat(up.exitCode()).as(up.out() + up.err()).isZero();
        url = up.lines().getLast().replace("Dunlin is up: ", "");
    }

    @AfterAll
    void down() throws IOException {
        dev.run(TO_START, "down");
    }

    @Test
    void upShowsATableAndEndsWithTheAddress() {
        assertThat(up.lines().getLast()).matches("Dunlin is up: http://localhost:[0-9]+");
        assertThat(up.out()).contains("connection-1", "connection-2", "gateway", "kafka", "message-service");
    }

    @Test
    void statusTellsEveryProcessAsJson() throws IOException {
        List<JsonNode> processes = status();
        assertThat(processes)
                .extracting(process -> process.path("name").asText())
                .contains(
                        "kafka",
                        "redis",
                        "postgres",
                        "gateway",
                        "connection-1",
                        "connection-2",
                        "message-service",
                        "presence-service",
                        "push-service");
        assertThat(processes).allSatisfy(process -> {
            assertThat(process.fieldNames()).toIterable().contains("name", "role", "pid", "url", "health", "log");
            assertThat(process.path("health").asText()).isEqualTo("up");
            assertThat(ProcessHandle.of(process.path("pid").asLong())).isPresent();
            assertThat(Path.of(process.path("log").asText())).exists();
        });
    }

    @Test
    void aTokenOpensTheApi() throws IOException {
        DevCommand.Result token = dev.run(SOON, "token", "alice");
        assertThat(token.exitCode()).isZero();
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI channels = URI.create(url + "/v1/channels");
            Replies replies = new Replies(http);
            assertThat(replies.get(channels).statusCode()).isEqualTo(401);
            assertThat(replies.get(
                                    channels,
                                    "Authorization",
                                    "Bearer " + token.out().strip())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatAliceSaysInTheTerminalBobReadsThere() throws IOException {
        DevCommand.Result said = dev.run("good morning\nis anybody here?\n", SOON, "chat", "alice", "room:lobby");
        assertThat(said.exitCode()).as(said.err()).isZero();
        DevCommand.Result read = dev.run("", SOON, "chat", "bob", "room:lobby");
        assertThat(read.exitCode()).as(read.err()).isZero();
        assertThat(read.lines())
                .anySatisfy(line -> assertThat(line).matches("\\d\\d:\\d\\d alice: good morning"))
                .anySatisfy(line -> assertThat(line).matches("\\d\\d:\\d\\d alice: is anybody here\\?"));
        assertThat(read.out()).doesNotContain("\u001b");
    }

    @Test
    void atATerminalOneTypesSeesTheNumbersAndEditsWhatOneSaid() throws IOException {
        DevCommand.Result chat = dev.runAtTerminal(
                List.of(
                        new Typed("you are carol", "good mrning\r"),
                        new Typed("#1", "/edit good morning\r"),
                        new Typed("carol edited #1", "/react +1\r"),
                        new Typed("carol reacted", "/help\r"),
                        new Typed("/unreact", "\u0004")),
                SOON,
                "chat",
                "carol",
                "room:terminal");
        assertThat(chat.exitCode()).as(chat.out()).isZero();
        assertThat(chat.out())
                .contains("you are carol in room:terminal", "#1", "good mrning", "/unreact")
                .contains("carol edited #1: good morning", "carol reacted +1 to #1");
        DevCommand.Result read = dev.run("", SOON, "chat", "bob", "room:terminal");
        assertThat(read.lines())
                .anySatisfy(
                        line -> assertThat(line).matches("\\d\\d:\\d\\d carol: good morning \\(edited\\) \\[\\+1]"));
    }

    @Test
    void aChannelThatIsNotThereIsSaidInOneLine() throws IOException {
        DevCommand.Result chat = dev.run("hello\n", SOON, "chat", "alice", "group:nobody-made-this");
        assertThat(chat.exitCode()).isEqualTo(1);
        assertThat(chat.err().lines()).hasSize(1);
    }

    @Test
    void oneProcessStopsAndStartsWhileTheOthersGoOn() throws IOException {
        assertThat(dev.run(SOON, "stop", "connection-2").exitCode()).isZero();
        assertThat(healthOf("connection-2")).isEqualTo("stopped");
        DevCommand.Result meanwhile = dev.run("still here\n", SOON, "chat", "alice", "room:lobby");
        assertThat(meanwhile.exitCode()).as(meanwhile.err()).isZero();
        assertThat(dev.run(TO_START, "start", "connection-2").exitCode()).isZero();
        assertThat(healthOf("connection-2")).isEqualTo("up");
    }

    @Test
    void aProcessThatDiesIsStartedAgain() throws IOException {
        long pid = pidOf("push-service");
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(TO_START)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> healthOf("push-service").equals("up") && pidOf("push-service") != pid);
    }

    @Test
    void aNameThatIsNoneIsSaidInOneLine() throws IOException {
        DevCommand.Result stop = dev.run(SOON, "stop", "nothing");
        assertThat(stop.exitCode()).isNotZero();
        assertThat(stop.err().lines()).hasSize(1);
        assertThat(stop.err()).contains("nothing", "connection-1");
    }

    @Test
    void aPortThatIsTakenIsSaidInOneLineAndNothingIsLeftRunning() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            DevCommand other = new DevCommand(target.resolve("suite-taken"));
            DevCommand.Result refused = other.run(SOON, "up", "--port", Integer.toString(taken.getLocalPort()));
            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.err().lines()).singleElement().asString().contains("Port " + taken.getLocalPort());
            assertThat(other.run(SOON, "status", "--json").out().strip()).isEqualTo("[]");
        }
    }

    @Test
    void aSecondUpSaysWhereTheFirstIs() throws IOException {
        DevCommand.Result second = dev.run(SOON, "up", "--port", "0");
        assertThat(second.exitCode()).isNotZero();
        assertThat(second.err().lines()).singleElement().asString().contains(url);
    }

    @Test
    @Order(LAST)
    void downLeavesNothingRunning() throws IOException {
        List<Long> pids =
                status().stream().map(process -> process.path("pid").asLong()).toList();
        DevCommand.Result down = dev.run(TO_START, "down");
        assertThat(down.exitCode()).as(down.err()).isZero();
        await().atMost(Suite.DEADLINE)
                .untilAsserted(() -> assertThat(pids)
                        .noneMatch(pid -> ProcessHandle.of(pid)
                                .filter(ProcessHandle::isAlive)
                                .isPresent()));
        assertThat(dev.run(SOON, "status", "--json").out().strip()).isEqualTo("[]");
    }

    private List<JsonNode> status() throws IOException {
        JsonNode list = Replies.json(dev.run(SOON, "status", "--json").out());
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    private String healthOf(String name) throws IOException {
        return find(name).path("health").asText();
    }

    private long pidOf(String name) throws IOException {
        return find(name).path("pid").asLong();
    }

    private JsonNode find(String name) throws IOException {
        return status().stream()
                .filter(process -> process.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
