package dev.dunlin.connection.peer;

import dev.dunlin.engines.testing.TestEngines;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A Redis that only this test has, so that it may stop it: the same executable as the shared one. */
public final class OwnRedis implements QuarkusTestResourceLifecycleManager {
    /** The system property with the process's id, for the test that runs beside. */
    private static final String PID = "dunlin.test.redis.pid";

    private static final Pattern EXECUTABLE = Pattern.compile("executable:([^\r\n]+)");

    private @Nullable Process process;

    @Override
    public Map<String, String> start() {
        try {
            int port = freePort();
            Process started = new ProcessBuilder(
                            executable(),
                            "--port",
                            Integer.toString(port),
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process = started;
            System.setProperty(PID, Long.toString(started.pid()));
            Awaitility.await().ignoreExceptions().until(() -> ask(port, "PING").startsWith("+PONG"));
            return Map.of("quarkus.redis.hosts", "redis://127.0.0.1:" + port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops Redis where it stands (SIGSTOP); its connections live on. */
    public static void freeze() {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    public static void thaw() {
        signal("CONT");
    }

    private static void signal(String name) {
        try {
            int status = new ProcessBuilder(List.of("/bin/sh", "-c", "kill -" + name + " " + System.getProperty(PID)))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String executable() throws IOException {
        String info = ask(URI.create(TestEngines.join().redisUri()).getPort(), "INFO server");
        Matcher found = EXECUTABLE.matcher(info);
        if (!found.find()) {
            throw new IOException("no executable in: " + info);
        }
        return found.group(1);
    }

    /** All that a Redis answers. */
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

    /** After the shared engines, whose address it replaces. */
    @Override
    public int order() {
        return 10;
    }

    @Override
    public void stop() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
