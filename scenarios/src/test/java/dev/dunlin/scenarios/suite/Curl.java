package dev.dunlin.scenarios.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's curl, as people use it: a request whose lines are read as they come. */
public final class Curl implements AutoCloseable {
    private final Process process;
    private final OutputLines lines;
    private String id = "";

    private Curl(Process process) {
        this.process = process;
        this.lines = new OutputLines(process);
    }

    /** Where curl is on this machine. */
    public static Optional<Path> find() {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, "curl"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** {@code curl -sN} with these options. */
    public static Curl start(Path executable, URI uri, String token, String... options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(executable.toString(), "-sN", "-H", "Authorization: Bearer " + token));
        command.addAll(List.of(options));
        command.add(uri.toString());
        return new Curl(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** The next frame of an event stream; fails at the deadline or the end. */
    public JsonNode frame() {
        while (true) {
            String line = line();
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                return Replies.json(line.substring(6));
            }
        }
    }

    /** The next message's seq. */
    public long seq() {
        JsonNode frame = frame();
        while (!frame.path("type").asText().equals("message")) {
            frame = frame();
        }
        return frame.path("seq").asLong();
    }

    /** The {@code id:} of the last event. */
    public String id() {
        return id;
    }

    /** The next line. */
    public String line() {
        return lines.next();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
