package dev.dunlin.checker.transport.stream;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Listens with long polls: each sends the cursor of the last answer that arrived. */
public final class PollListening implements Listening {
    private static final int SECONDS = 5;
    private static final Duration EACH = Duration.ofSeconds(12);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(400);

    private final String name;
    private final Access access;
    private final Who who;
    private final String query;
    private final FrameNotes notes;
    private volatile @Nullable Loop loop;

    /** On the loop's thread only. */
    private String cursor = "";

    public PollListening(String name, Access access, Who who, Map<ChannelName, Watching> watching) {
        this(name, access, who, watching.keySet(), new StreamNotes(watching));
    }

    /** The same with other notes. */
    public PollListening(String name, Access access, Who who, Collection<ChannelName> channels, FrameNotes notes) {
        this.name = name;
        this.access = access;
        this.who = who;
        this.query = Access.channels(channels) + "&timeout=" + SECONDS;
        this.notes = notes;
    }

    @Override
    public void open() {
        loop = Loop.start(name, own -> {
            while (!own.isClosed()) {
                boolean goOn;
                try {
                    goOn = poll();
                } catch (IOException | InvalidInput e) {
                    goOn = false; // the answer did not arrive: the same cursor requests it again
                }
                if (!goOn) {
                    own.pause(AFTER_FAILURE);
                }
            }
        });
    }

    private boolean poll() throws IOException, InterruptedException, InvalidInput {
        boolean resuming = !cursor.isEmpty();
        String more = resuming ? "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8) : "";
        HttpResponse<byte[]> answer = access.http()
                .send(
                        HttpRequest.newBuilder(access.origin().resolve("/v1/poll?" + query + more))
                                .timeout(EACH)
                                .header(
                                        "Authorization",
                                        "Bearer " + access.tokens().apply(who))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            return false;
        }
        JsonNode body = Json.parse(answer.body());
        boolean goOn = true;
        for (JsonNode frame : body.path("frames")) {
            goOn &= notes.take(Json.read(frame, ServerFrame.class), resuming);
        }
        cursor = body.path("cursor").asText(cursor);
        return goOn;
    }

    @Override
    public void cut() {}

    /** No effect: a poll starts where its cursor says, and only the server makes cursors. */
    @Override
    public void fromStart(ChannelName channel) {}

    @Override
    public void slow(Duration each) {
        notes.slow(each);
    }

    @Override
    public void close() {
        Loop running = loop;
        if (running != null) {
            running.close();
        }
    }
}
