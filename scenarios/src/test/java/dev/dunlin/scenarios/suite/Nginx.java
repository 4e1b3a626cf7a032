package dev.dunlin.scenarios.suite;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine's nginx with the configuration of {@code deploy/nginx}, in front of a suite's services instead of its own gateway. */
public final class Nginx implements AutoCloseable {
    private final Process process;
    private final URI origin;
    private final Path log;

    private Nginx(Process process, URI origin, Path log) {
        this.process = process;
        this.origin = origin;
        this.log = log;
    }

    /** Where nginx is on this machine. */
    public static Optional<Path> find() {
        return Stream.concat(
                        Stream.of(Optional.ofNullable(System.getenv("PATH"))
                                .orElse("")
                                .split(":", -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it; {@code deploy} is {@code deploy/nginx} of the checkout. */
    public static Nginx start(Path executable, Path deploy, Suite suite) throws IOException {
        Path directory = suite.data().resolve("nginx");
        delete(directory);
        Files.createDirectories(directory.resolve("logs"));
        int port = freePort();
        String site = fill(
                Files.readString(deploy.resolve("dunlin.conf")),
                Map.of(
                        "DUNLIN_LISTEN", "127.0.0.1:" + port,
                        "DUNLIN_CONNECTION", server(suite, "connection-1") + " " + server(suite, "connection-2"),
                        "DUNLIN_MESSAGE", server(suite, "message-service"),
                        "DUNLIN_PRESENCE", server(suite, "presence-service"),
                        "DUNLIN_PUSH", server(suite, "push-service")));
        Files.writeString(directory.resolve("dunlin.conf"), site);
        String main = Files.readString(deploy.resolve("nginx.conf"))
                .replace(
                        "/etc/nginx/conf.d/dunlin.conf",
                        directory.resolve("dunlin.conf").toString())
                .replaceAll("pid [^;]+;", "pid " + directory.resolve("nginx.pid") + ";");
        Files.writeString(directory.resolve("nginx.conf"), main);
        Path log = directory.resolve("nginx.log");
        Process process = new ProcessBuilder(
                        executable.toString(),
                        "-p",
                        directory.toString(),
                        "-c",
                        directory.resolve("nginx.conf").toString(),
                        "-g",
                        "daemon off;")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Nginx(process, URI.create("http://127.0.0.1:" + port), log);
    }

    /** The one origin of clients. */
    public URI origin() {
        return origin;
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it wrote. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Suite.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static String fill(String template, Map<String, String> values) {
        String text = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text;
    }

    private static String server(Suite suite, String name) {
        return "server " + URI.create(suite.stack().url(name)).getAuthority() + ";";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
