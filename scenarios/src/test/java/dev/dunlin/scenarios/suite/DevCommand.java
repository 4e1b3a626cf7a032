package dev.dunlin.scenarios.suite;

import dev.dunlin.engines.Checkout;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Runs {@code ./dev} as a user does. */
public record DevCommand(Path data) {
    /** What a command did. */
    public record Result(int exitCode, String out, String err) {
        /** Standard output, line by line. */
        public List<String> lines() {
            return out.lines().toList();
        }
    }

    /** A command for the stack with this directory: {@code --data} is added. */
    public Result run(Duration limit, String... arguments) throws IOException {
        return run("", limit, arguments);
    }

    /** The same with something on standard input, which then ends. */
    public Result run(String input, Duration limit, String... arguments) throws IOException {
        return run(List.of(new Typed("", input)), limit, List.of(), arguments);
    }

    /** What somebody types, having seen something on the screen. */
    public record Typed(String seen, String keys) {}

    /** The same at a terminal, a real one: {@code script} gives it one. */
    public Result runAtTerminal(List<Typed> typed, Duration limit, String... arguments) throws IOException {
        return run(typed, limit, List.of("script", "-qec"), arguments);
    }

    private Result run(List<Typed> typed, Duration limit, List<String> around, String... arguments) throws IOException {
        Checkout checkout = Checkout.fromSystemProperty();
        StartCaches.ensure(checkout);
        Files.createDirectories(data.resolveSibling("dev-output"));
        Path out = Files.createTempFile(data.resolveSibling("dev-output"), arguments[0], ".out");
        Path err = Files.createTempFile(data.resolveSibling("dev-output"), arguments[0], ".err");
        List<String> command =
                new ArrayList<>(List.of(checkout.root().resolve("dev").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.toString()));
        if (!around.isEmpty()) {
            String line = String.join(" ", command);
            command =
                    Stream.concat(around.stream(), Stream.of(line, "/dev/null")).toList();
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putIfAbsent("TERM", "xterm");
        Process process = builder.directory(checkout.root().toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            type(process, typed, out, limit);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                throw new AssertionError(command + " did not end within " + limit + ": " + Files.readString(out)
                        + Files.readString(err));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return new Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private static void type(Process process, List<Typed> typed, Path out, Duration limit) throws IOException {
        try (Writer keyboard = process.outputWriter(StandardCharsets.UTF_8)) {
            for (Typed one : typed) {
                Awaitility.await()
                        .atMost(limit)
                        .until(() -> !process.isAlive() || Files.readString(out).contains(one.seen()));
                keyboard.write(one.keys());
                keyboard.flush();
            }
        } catch (IOException e) {
            if (process.isAlive()) { // who ends early reads no more
                throw e;
            }
        }
    }
}
