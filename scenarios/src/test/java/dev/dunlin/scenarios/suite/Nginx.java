package dev.dunlin.scenarios.suite;

import dev.dunlin.engines.testing.SelfSignedCertificate;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The machine's nginx with the configuration of {@code deploy/nginx}, in front of a suite's
 * services instead of its own gateway.
 */
public final class Nginx implements AutoCloseable {
    private final Process process;
    private final URI origin;
    private final URI plain;
    private final Path log;

    private Nginx(Process process, URI origin, URI plain, Path log) {
        this.process = process;
        this.origin = origin;
        this.plain = plain;
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
        return start(executable, deploy, suite.data().resolve("nginx"), upstreams(suite));
    }

    /**
     * Starts it in front of other servers.
     *
     * @param upstreams the variables of {@code dunlin.conf} that name them
     */
    public static Nginx start(Path executable, Path deploy, Path data, Map<String, String> upstreams)
            throws IOException {
        int port = freePort();
        Path directory = afresh(data);
        site(deploy, directory, upstreams, "127.0.0.1:" + port);
        URI origin = URI.create("http://127.0.0.1:" + port);
        return start(executable, deploy, directory, origin, origin);
    }

    /** Starts it with TLS and HTTP/2. */
    public static Nginx start(Path executable, Path deploy, Suite suite, SelfSignedCertificate certificate)
            throws IOException {
        int port = freePort();
        int plain = freePort();
        Path directory = afresh(suite.data().resolve("nginx-tls-" + port));
        site(deploy, directory, upstreams(suite), "127.0.0.1:" + port + " ssl http2");
        Files.writeString(
                directory.resolve("dunlin-tls.conf"),
                fill(
                        Files.readString(deploy.resolve("dunlin-tls.conf")),
                        Map.of(
                                "DUNLIN_LISTEN_PLAIN",
                                "127.0.0.1:" + plain,
                                "DUNLIN_CERTIFICATE",
                                certificate.certificate().toString(),
                                "DUNLIN_CERTIFICATE_KEY",
                                certificate.key().toString())));
        return start(
                executable,
                deploy,
                directory,
                URI.create("https://127.0.0.1:" + port),
                URI.create("http://127.0.0.1:" + plain));
    }

    private static void site(Path deploy, Path directory, Map<String, String> upstreams, String listen)
            throws IOException {
        String template = fill(Files.readString(deploy.resolve("dunlin.conf")), upstreams);
        Files.writeString(directory.resolve("dunlin.conf"), fill(template, Map.of("DUNLIN_LISTEN", listen)));
    }

    private static Map<String, String> upstreams(Suite suite) {
        return Map.of(
                "DUNLIN_CONNECTION", servers(suite, "connection-", " max_fails=0"),
                "DUNLIN_MESSAGE", servers(suite, "message-service", ""),
                "DUNLIN_PRESENCE", servers(suite, "presence-service", ""),
                "DUNLIN_PUSH", servers(suite, "push-service", ""));
    }

    private static Nginx start(Path executable, Path deploy, Path directory, URI origin, URI plain) throws IOException {
        String main = Files.readString(deploy.resolve("nginx.conf"))
                .replace("/etc/nginx/conf.d", directory.toString())
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
        return new Nginx(process, origin, plain, log);
    }

    /** The one origin of clients. */
    public URI origin() {
        return origin;
    }

    /** Where it listens without TLS: with TLS, to send clients on to that. */
    public URI plain() {
        return plain;
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

    private static String servers(Suite suite, String prefix, String options) {
        return suite.stack().names().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> "server " + URI.create(suite.stack().url(name)).getAuthority() + options + ";")
                .collect(Collectors.joining(" "));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Path afresh(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(directory.resolve("logs"));
        return directory;
    }
}
