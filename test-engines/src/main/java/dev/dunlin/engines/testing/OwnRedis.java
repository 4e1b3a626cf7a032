package dev.dunlin.engines.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Redis that belongs to one test, so that the test may stop it. It runs the executable of the
 * shared Redis. Every method blocks.
 */
public final class OwnRedis implements AutoCloseable {
    private static final Pattern EXECUTABLE = Pattern.compile("executable:([^\r\n]+)");
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

    private final String executable;
    private final int port;
    private Process process;

    private OwnRedis(String executable, int port) throws IOException, InterruptedException {
        this.executable = executable;
        this.port = port;
        this.process = launch();
    }

    /** Starts it on a free port, and waits until it answers. */
    public static OwnRedis start() throws IOException, InterruptedException {
        return new OwnRedis(executableOfSharedRedis(), freePort());
    }

    /** As {@code redis://host:port}. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** The id of its process. It changes with {@link #restart}. */
    public long pid() {
        return process.pid();
    }

    /** Suspends the process with SIGSTOP. Its connections stay open. */
    public void freeze() throws IOException, InterruptedException {
        signal(pid(), "STOP");
    }

    /** Resumes the process with SIGCONT. */
    public void thaw() throws IOException, InterruptedException {
        signal(pid(), "CONT");
    }

    /** Kills the process with SIGKILL and waits for its end. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts the process again on the same port, empty. */
    public void restart() throws IOException, InterruptedException {
        kill();
        process = launch();
    }

    /**
     * Sends one command, written as on a command line, and returns the answers to it and to QUIT.
     */
    public String ask(String command) throws IOException {
        return ask(port, command);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    static void signal(long pid, String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder(List.of("/bin/sh", "-c", "kill -" + name + " " + pid))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + status);
        }
    }

    private Process launch() throws IOException, InterruptedException {
        Process started = new ProcessBuilder(List.of(
                        executable,
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!answers()) {
            if (started.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline > 0) {
                started.destroyForcibly();
                throw new IOException("Redis did not start on port " + port);
            }
        }
        return started;
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

    private static String ask(int port, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
