package dev.dunlin.benchmark.presence;

import dev.dunlin.benchmark.process.BenchmarkSuite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** How long after a connect a watcher on another node hears of it. */
final class Heard {
    private static final int SECONDS = 20;

    private final BenchmarkSuite suite;
    private final HttpClient client = HttpClient.newHttpClient();

    Heard(BenchmarkSuite suite) {
        this.suite = suite;
    }

    /** Frames of a link as they come. */
    private static final class Frames implements WebSocket.Listener {
        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                frames.add(text.toString());
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, data, last);
        }

        void await(String part) throws IOException, InterruptedException {
            String frame;
            do {
                frame = frames.poll(SECONDS, TimeUnit.SECONDS);
                if (frame == null) {
                    throw new IOException("no frame with " + part);
                }
            } while (!frame.contains(part));
        }
    }

    /**
     * Milliseconds from before the handshake to the {@code presence} frame, each of {@code times},
     * after {@code warmUp} that do not count: the services have just started.
     */
    List<Double> measure(int warmUp, int times) throws IOException, InterruptedException {
        Frames watching = new Frames();
        WebSocket watcher = open(1, suite.token("watcher"), watching);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < warmUp + times; i++) {
            String user = "heard-" + i;
            watch(watcher, watching, user, true);
            String token = suite.token(user);
            long start = System.nanoTime();
            WebSocket comes = open(2, token, new Frames());
            watching.await("\"" + user + "\",\"status\":\"online\"");
            if (i >= warmUp) {
                millis.add((System.nanoTime() - start) / 1e6);
            }
            comes.abort();
            // Otherwise the user's going offline, after the grace, delays a later frame: a watcher
            // gets one in 250 ms.
            watch(watcher, watching, user, false);
            TimeUnit.MILLISECONDS.sleep(300);
        }
        watcher.abort();
        return millis;
    }

    private static void watch(WebSocket watcher, Frames watching, String user, boolean watch)
            throws IOException, InterruptedException {
        var unused = watcher.sendText(
                        "{\"type\":\"presence\",\"ref\":\"w\",\"users\":[\"" + user + "\"],\"watch\":" + watch + "}",
                        true)
                .join();
        watching.await("presence_state");
    }

    private WebSocket open(int node, String token, Frames frames) {
        URI at = URI.create(suite.node(node).toString().replaceFirst("^http", "ws") + "/v1/ws");
        return client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(at, frames)
                .join();
    }
}
