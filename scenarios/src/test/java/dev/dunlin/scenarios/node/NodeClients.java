package dev.dunlin.scenarios.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.engines.Checkout;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.scenarios.suite.OutputLines;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.web.Programs;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Node with the packages that people use there, {@code ws} and {@code eventsource}, at the versions
 * of the lock file; see {@code src/test/node}.
 */
final class NodeClients {
    private static final long INSTALLING_SECONDS = 120;

    private final Path node;
    private final Path directory;

    private NodeClients(Path node, Path directory) {
        this.node = node;
        this.directory = directory;
    }

    /**
     * Installs the packages under {@code target/}; empty, and why on standard error, where there is
     * no Node or no registry.
     */
    static Optional<NodeClients> install() throws IOException {
        Optional<Path> node = Programs.findNode();
        Optional<Path> npm = Programs.findNpm();
        if (node.isEmpty() || npm.isEmpty()) {
            return lack("there is no Node with npm on this machine");
        }
        Path root = Checkout.fromSystemProperty().root().resolve("scenarios");
        Path directory = root.resolve("target/node");
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.list(root.resolve("src/test/node"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path log = directory.resolve("npm.log");
        Process installing = new ProcessBuilder(
                        npm.get().toString(), "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!installing.waitFor(INSTALLING_SECONDS, TimeUnit.SECONDS) || installing.exitValue() != 0) {
                installing.destroy();
                return lack("npm ci failed, it needs the npm registry once: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return Optional.of(new NodeClients(node.get(), directory));
    }

    /**
     * Says what is not tested and why: on standard error, or as a failure where that is wanted.
     * Always empty.
     */
    static <T> Optional<T> lack(String why) {
        String message = why + ", so clients that run there are not tested.";
        if (Boolean.parseBoolean(System.getenv("DUNLIN_REQUIRE_NODE"))) {
            throw new AssertionError("DUNLIN_REQUIRE_NODE is set, and " + message);
        }
        System.err.println("SKIPPED: " + message);
        return Optional.empty();
    }

    /** A WebSocket of the package {@code ws}. */
    Running socket(URI uri, String token) throws IOException {
        return start("pipe-socket.mjs", uri, token);
    }

    /** An event stream of the package {@code eventsource}, which comes back by itself. */
    Running events(URI uri, String token) throws IOException {
        return start("follow-events.mjs", uri, token);
    }

    /**
     * The TypeScript client of this project on one of its transports; {@code built} is the module.
     */
    Running sdk(URI origin, String token, ChannelName channel, String transport, Path built) throws IOException {
        return start(
                "follow-sdk.mjs",
                origin,
                token,
                channel.value(),
                transport,
                built.toUri().toString());
    }

    private Running start(String script, URI uri, String token, String... more) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(node.toString(), "--experimental-websocket", script, uri.toString(), token));
        command.addAll(List.of(more));
        return new Running(new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** One of its clients at work. */
    static final class Running implements AutoCloseable {
        private final Process process;
        private final OutputLines lines;
        private final PrintStream input;

        private Running(Process process) {
            this.process = process;
            this.lines = new OutputLines(process);
            this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        }

        /** Gives it a frame to send; single quotes stand for double ones. */
        void send(String frame) {
            input.println(frame.replace('\'', '"'));
        }

        /** The next frame of a type; those before it are dropped. */
        JsonNode find(String type) {
            return find(frame -> frame.path("type").asText().equals(type));
        }

        JsonNode find(Predicate<JsonNode> wanted) {
            JsonNode frame = Replies.json(lines.next());
            while (!wanted.test(frame)) {
                frame = Replies.json(lines.next());
            }
            return frame;
        }

        /** The seqs of the next so many messages. */
        List<Long> seqs(int count) {
            return Stream.generate(() -> find("message").path("seq").asLong())
                    .limit(count)
                    .toList();
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
