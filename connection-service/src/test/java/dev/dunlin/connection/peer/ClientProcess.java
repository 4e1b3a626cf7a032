package dev.dunlin.connection.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A client in a process of its own, which can be frozen. Prints a line for each ping that it
 * answers, and how it ended.
 */
public final class ClientProcess implements AutoCloseable {
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ClientProcess(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread.ofVirtual().start(() -> {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                // it ended
            }
        });
    }

    /** A WebSocket; {@code where} may say where the command is to run. */
    public static ClientProcess webSocket(URI uri, String token, UnaryOperator<List<String>> where) throws IOException {
        return new ClientProcess(where.apply(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                "target/test-classes",
                ClientProcess.class.getName(),
                uri.toString(),
                token)));
    }

    /** An event stream. */
    public static ClientProcess events(URI uri, String token, UnaryOperator<List<String>> where) throws IOException {
        return new ClientProcess(where.apply(
                List.of("curl", "-sSN", "--http1.1", "-H", "Authorization: Bearer " + token, uri.toString())));
    }

    /** The next line that begins so. */
    public String line(String start) {
        try {
            for (String line = lines.poll(20, TimeUnit.SECONDS);
                    line != null;
                    line = lines.poll(20, TimeUnit.SECONDS)) {
                if (line.startsWith(start)) {
                    return line;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("no line '" + start + "'");
    }

    /** Freezes it. */
    public void freeze() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The process itself: {@code URI TOKEN}. */
    public static void main(String[] args) throws InterruptedException {
        BlockingQueue<String> over = new LinkedBlockingQueue<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + args[1])
                    .buildAsync(URI.create(args[0]), new Listener(over))
                    .join();
            System.out.println(over.take());
            socket.abort();
            client.shutdownNow();
        }
    }

    private record Listener(BlockingQueue<String> over) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
            System.out.println("ping");
            return WebSocket.Listener.super.onPing(socket, message);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            over.add("closed " + code);
            return WebSocket.Listener.super.onClose(socket, code, reason);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            over.add("lost " + error);
        }
    }
}
