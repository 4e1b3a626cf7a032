package dev.dunlin.message.testing;

import dev.dunlin.engines.testing.TestEngines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A Redis that only one test has, so that it may stop it: the same executable as the shared one. */
public final class OwnRedis implements AutoCloseable {
    private static final Pattern EXECUTABLE = Pattern.compile("executable:([^\r\n]+)");

    private final Process process;
    private final int port;

    private OwnRedis(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it, and waits until it answers. */
    public static OwnRedis start() throws IOException {
        int port = freePort();
        Process started = new ProcessBuilder(List.of(
                        executable(),
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
        Awaitility.await().ignoreExceptions().until(() -> ask(port, "PING").startsWith("+PONG"));
        return new OwnRedis(started, port);
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Stops it where it stands (SIGSTOP); its connections live on. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void thaw() {
        signal("CONT");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder(List.of("/bin/sh", "-c", "kill -" + name + " " + process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + status);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
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

    private static String ask(int port, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
