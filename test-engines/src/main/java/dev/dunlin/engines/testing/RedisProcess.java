package dev.dunlin.engines.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process of redis-server that belongs to one test, with a temporary directory. It runs the
 * executable of the shared Redis. It ends with {@link #close}, and with this JVM. Every method
 * blocks. Belongs to one thread.
 */
final class RedisProcess implements AutoCloseable {
    private static final Pattern EXECUTABLE = Pattern.compile("executable:([^\r\n]+)");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int POLL_MILLIS = 20;

    private final List<String> command;
    private final int port;
    private final Path directory;
    private volatile Process process;
    private final Thread lastResort = new Thread(() -> process.destroyForcibly());

    private RedisProcess(List<String> command, int port, Path directory) throws IOException, InterruptedException {
        this.command = command;
        this.port = port;
        this.directory = directory;
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** Starts a server that saves nothing, and waits until it answers. */
    static RedisProcess server(int port, String... options) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("own-redis");
        List<String> command = new ArrayList<>(List.of(
                executableOfSharedRedis(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                directory.toString(),
                "--save",
                "",
                "--appendonly",
                "no"));
        command.addAll(List.of(options));
        return start(command, port, directory);
    }

    /** Starts a Sentinel with these lines of configuration, and waits until it answers. */
    static RedisProcess sentinel(int port, String configuration) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("own-sentinel");
        Path file = directory.resolve("sentinel.conf"); // Sentinel rewrites it
        Files.writeString(file, "port %d\nbind 127.0.0.1\ndir \"%s\"\n%s".formatted(port, directory, configuration));
        return start(List.of(executableOfSharedRedis(), file.toString(), "--sentinel"), port, directory);
    }

    private static RedisProcess start(List<String> command, int port, Path directory)
            throws IOException, InterruptedException {
        try {
            return new RedisProcess(command, port, directory);
        } catch (IOException | InterruptedException | RuntimeException e) {
            delete(directory);
            throw e;
        }
    }

    /** A port of the loopback address that is free now. */
    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** As {@code redis://host:port}. */
    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Sends the process a signal, such as {@code STOP}. */
    static void signal(long pid, String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder(List.of("/bin/sh", "-c", "kill -" + name + " " + pid))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + status);
        }
    }

    /** Kills the process with SIGKILL and waits for its end. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts the process again on the same port. It has its directory, but no keys. */
    void restart() throws IOException, InterruptedException {
        kill();
        process = launch();
    }

    /**
     * Sends one command, written as on a command line, and returns the answers to it and to QUIT.
     */
    String ask(String line) throws IOException {
        return ask(port, line);
    }

    /** Asks until the answer is as expected, for at most 20 s. */
    void await(String line, Predicate<String> expected) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        String answer = ask(line);
        while (!expected.test(answer)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(line + " was still answered with: " + answer);
            }
            Thread.sleep(POLL_MILLIS);
            answer = ask(line);
        }
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs, and finds the process ended.
        }
        delete(directory);
    }

    private Process launch() throws IOException, InterruptedException {
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (!answers()) {
                if (started.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline > 0) {
                    throw new IOException("Redis did not start on port " + port);
                }
            }
            return started;
        } catch (IOException | InterruptedException | RuntimeException e) {
            started.destroyForcibly();
            throw e;
        }
    }

    private boolean answers() {
        try {
            return ask(port, "PING").startsWith("+PONG");
        } catch (IOException e) {
            return false; // it does not listen yet
        }
    }

    private static String executableOfSharedRedis() throws IOException {
        String info = ask(URI.create(TestEngines.join().redisUri()).getPort(), "INFO server");
        Matcher found = EXECUTABLE.matcher(info);
        if (!found.find()) {
            throw new IOException("no executable in: " + info);
        }
        return found.group(1);
    }

    private static String ask(int port, String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((line + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput(); // a Sentinel does not know QUIT
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
