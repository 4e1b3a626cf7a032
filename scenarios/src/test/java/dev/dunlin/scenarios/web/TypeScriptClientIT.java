package dev.dunlin.scenarios.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.engines.Checkout;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnStruckSuite;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Suite;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The TypeScript client under Node against the real suite, from its mvnpm-style jar as a Java
 * application serves it.
 */
@OnStruckSuite
class TypeScriptClientIT {
    private static final Path SCRIPT = Path.of("src", "test", "resources", "node", "session.mjs");

    private final Suite suite;
    private final UserId ann;
    private final UserId ben;
    private final ChannelName group;

    TypeScriptClientIT(Suite suite, Names names) {
        this.suite = suite;
        ann = names.user("ann");
        ben = names.user("ben");
        group = names.group("node");
        suite.createGroup(group, ann, ben);
    }

    @Test
    void overEveryTransportAndTheLossOfItsNodeTheClientHearsEachEventOnceAndInOrder() throws IOException {
        Path node = Programs.findNode()
                .orElseThrow(() ->
                        Missing.program("The tests of the TypeScript client on the real suite", "Node", "nodejs"));
        Process process = new ProcessBuilder(
                        node.toString(),
                        "--experimental-websocket",
                        SCRIPT.toString(),
                        client().toUri().toString(),
                        suite.gateway().toString(),
                        group.value(),
                        ann.value(),
                        ben.value())
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        JsonNode result = Replies.json("{}");
        try (BufferedReader lines = process.inputReader(UTF_8);
                BufferedWriter answers = process.outputWriter(UTF_8)) {
            // The script gives up by itself in time.
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                if (line.startsWith("kill ")) {
                    suite.kill(line.substring("kill ".length()));
                    answers.write("killed\n");
                    answers.flush();
                } else if (line.startsWith("{")) {
                    result = Replies.json(line);
                }
            }
        } finally {
            process.destroy();
        }

        assertThat(result.path("transports"))
                .as(said.toString())
                .map(JsonNode::asText)
                .containsSubsequence("websocket", "sse", "poll", "websocket", "websocket");
        assertThat(result.path("published").asInt()).isGreaterThan(80);
        assertThat(result.path("heard").asInt())
                .isEqualTo(result.path("published").asInt());
        assertThat(result.path("wrong")).as(said.toString()).isEmpty();
        suite.awaitHealthy();
    }

    /** The client's script, out of the jar that the build made of it. */
    private static Path client() throws IOException {
        Path target = Checkout.fromSystemProperty().root().resolve("clients/web/target");
        Path jar;
        try (Stream<Path> files = Files.list(target)) {
            jar = files.filter(file -> file.toString().endsWith("-client.jar"))
                    .findFirst()
                    .orElseThrow();
        }
        Path script = Path.of("target", "typescript-client", "index.mjs").toAbsolutePath();
        Files.createDirectories(script.getParent());
        try (FileSystem content = FileSystems.newFileSystem(jar)) {
            JsonNode imports = Replies.json(Files.readString(content.getPath("META-INF", "importmap.json")))
                    .path("imports");
            String place = imports.path("@dunlin/client").asText();
            Path packaged = content.getPath("META-INF", "resources" + place);
            List<String> beside = List.of("package.json", "README.md", "LICENSE", "index.js.map", "src/index.ts");
            assertThat(beside).allMatch(name -> Files.exists(packaged.resolveSibling(name)));
            Files.copy(packaged, script, StandardCopyOption.REPLACE_EXISTING);
        }
        return script;
    }
}
