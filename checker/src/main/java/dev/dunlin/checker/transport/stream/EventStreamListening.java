package dev.dunlin.checker.transport.stream;

import dev.dunlin.checker.history.Watching;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.FrameNotes;
import dev.dunlin.checker.transport.Listening;
import dev.dunlin.checker.transport.Loop;
import dev.dunlin.checker.workload.Who;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.ServerFrame;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Listens over server-sent events, like {@code EventSource}: it reconnects with the last {@code id}
 * that it received.
 */
public final class EventStreamListening implements Listening {
    private static final Duration OPENING = Duration.ofSeconds(15);
    private static final Duration WATCH = Duration.ofSeconds(1);
    private static final Duration USUAL_HEARTBEAT = Duration.ofSeconds(30);
    private static final Duration LATE = Duration.ofSeconds(5);

    private final String name;
    private final Access access;
    private final Who who;
    private final String query;
    private final FrameNotes notes;
    private final Random random;
    private volatile @Nullable Loop loop;
    private volatile @Nullable Loop watch;
    private volatile @Nullable InputStream stream;
    private volatile long heardNanos;
    private volatile Duration heartbeat = USUAL_HEARTBEAT;

    /** On the loop's thread only. */
    private String cursor = "";

    public EventStreamListening(String name, Access access, Who who, Map<ChannelName, Watching> watching, long seed) {
        this(name, access, who, watching.keySet(), new StreamNotes(watching), seed);
    }

    /** The same with other notes. */
    public EventStreamListening(
            String name, Access access, Who who, Collection<ChannelName> channels, FrameNotes notes, long seed) {
        this.name = name;
        this.access = access;
        this.who = who;
        this.query = Access.channels(channels);
        this.notes = notes;
        this.random = new Random(seed);
    }

    @Override
    public void open() {
        heardNanos = System.nanoTime();
        loop = Loop.start(name, own -> {
            while (!own.isClosed()) {
                try {
                    follow();
                } catch (IOException e) {
                    // the link is lost, or the suite is unreachable: try again
                }
                own.pause(Duration.ofMillis(100 + random.nextInt(900)));
            }
        });
        watch = Loop.start(name + " watch", own -> {
            while (own.pause(WATCH)) {
                // two heartbeats are missing
                if (System.nanoTime() - heardNanos
                        > heartbeat.multipliedBy(2).plus(LATE).toNanos()) {
                    cut();
                }
            }
        });
    }

    private void follow() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(access.origin().resolve("/v1/events?" + query))
                .timeout(OPENING)
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + access.tokens().apply(who));
        boolean resuming = !cursor.isEmpty();
        if (resuming) {
            request.header("Last-Event-ID", cursor);
        }
        HttpResponse<InputStream> answer =
                access.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            stream = body;
            heardNanos = System.nanoTime();
            if (answer.statusCode() == 200) {
                read(lines, resuming);
            }
        }
    }

    /**
     * Reads event by event: the data and the id of an event count together, once the empty line
     * ends it.
     */
    private void read(BufferedReader lines, boolean resuming) throws IOException, InterruptedException {
        String data = "";
        String id = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            heardNanos = System.nanoTime();
            if (line.startsWith("data:")) {
                data = line.substring("data:".length()).strip();
            } else if (line.startsWith("id:")) {
                id = line.substring("id:".length()).strip();
            } else if (line.isEmpty()) {
                boolean goOn = data.isEmpty() || take(frame(data), resuming);
                cursor = id.isEmpty() ? cursor : id;
                if (!goOn) {
                    return;
                }
                data = "";
                id = "";
            }
        }
    }

    private boolean take(ServerFrame frame, boolean resuming) throws InterruptedException {
        if (frame instanceof ServerFrame.Welcome welcome) {
            heartbeat = Duration.ofSeconds(welcome.heartbeat());
        }
        return notes.take(frame, resuming);
    }

    private static ServerFrame frame(String data) throws IOException {
        try {
            return Json.read(data.getBytes(StandardCharsets.UTF_8), ServerFrame.class);
        } catch (InvalidInput e) {
            throw new IOException("not a frame: " + data, e);
        }
    }

    @Override
    public void cut() {
        InputStream open = stream;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // it was already lost
            }
        }
    }

    /** No effect: a stream starts where its cursor says, and only the server makes cursors. */
    @Override
    public void fromStart(ChannelName channel) {}

    @Override
    public void slow(Duration each) {
        notes.slow(each);
    }

    @Override
    public void close() {
        for (Loop running : new @Nullable Loop[] {watch, loop}) {
            if (running != null) {
                running.close();
            }
        }
        cut();
    }
}
