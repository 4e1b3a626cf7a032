package dev.dunlin.benchmark.million;

import dev.dunlin.engines.supervise.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A {@link ClientsMain} process. {@link #close} ends it; it also ends when this process does, since
 * its input ends then. Blocks; not thread-safe.
 */
final class Clients implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    /** What they have seen. */
    record Seen(long messages, long pings, long failed) {}

    /** Starts to open links; {@link #subscribed} waits for them. */
    Clients(URI node, String channel, int links, int ramp, List<String> tokens) throws IOException {
        this.process = new ProcessBuilder(
                        JavaCommand.executable().toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClientsMain.class.getName(),
                        node.toString(),
                        channel,
                        Integer.toString(links),
                        Integer.toString(ramp))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        say(String.join("\n", tokens) + "\n");
    }

    /** Waits until all have arrived; returns how many are subscribed. */
    int subscribed() throws IOException {
        return Integer.parseInt(answer());
    }

    Seen seen() throws IOException {
        say("");
        String[] numbers = answer().split(" ", 3);
        return new Seen(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    private void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    private String answer() throws IOException {
        String line = said.readLine();
        if (line == null) {
            throw new IOException("a process of clients ended");
        }
        return line;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
