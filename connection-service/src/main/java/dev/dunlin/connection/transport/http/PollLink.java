package dev.dunlin.connection.transport.http;

import dev.dunlin.connection.cursor.StreamTrack;
import dev.dunlin.connection.handshake.Admission;
import dev.dunlin.connection.handshake.Entered;
import dev.dunlin.connection.link.Link;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One long poll: collects frames until there is news and every channel has been answered, then
 * answers once. With a cursor it leaves out frames that only repeat what the client knows, or no
 * poll would ever be held: {@code welcome}, {@code subscribed} with {@code recovered}, and
 * {@code token_expiring} after the first.
 */
final class PollLink implements Link {
    private static final byte[] FRAMES = ascii("{\"frames\":[");
    private static final byte[] CURSOR = ascii("],\"cursor\":\"");
    private static final byte[] END = ascii("\"}");

    /**
     * The pause before an answer when a channel is unavailable, so that clients do not poll without
     * a pause.
     */
    private static final Duration FAILURE_PAUSE = Duration.ofSeconds(1);

    private final HttpServerResponse response;
    private final Executor loop;
    private final StreamContext context;
    private final StreamTrack track;
    private final boolean resumed;
    private final List<byte[]> frames = new ArrayList<>(4);
    private @Nullable Entered entered;
    private long timer;
    private int bytes;
    private boolean news;
    private boolean failed;
    private boolean answering;
    private boolean answered;

    PollLink(HttpServerResponse response, Executor loop, StreamContext context, StreamTrack track, boolean resumed) {
        this.response = response;
        this.loop = loop;
        this.context = context;
        this.track = track;
        this.resumed = resumed;
    }

    /** Starts to wait for frames. On the loop. */
    void open(Admission admission, StreamRequest asked) {
        timer = context.vertx().setTimer(asked.timeout().toMillis(), passed -> answer());
        Entered session = new StreamOpening(asked, track).enter(admission, this);
        entered = session;
        response.closeHandler(gone -> over());
        if (answered) {
            session.left();
        } else {
            answerIfReady();
        }
    }

    @Override
    public Executor loop() {
        return loop;
    }

    @Override
    public void send(byte[] frame) {
        if (answered || failed) {
            return; // the next poll repeats, in order, what follows a channel that failed
        }
        StreamTrack.Sent sent = track.sent(frame);
        boolean known = resumed && saysNothingNew(sent);
        if (!known) {
            frames.add(frame);
            bytes += frame.length;
        }
        if (sent.kind() == StreamTrack.Kind.FAILED) {
            failed = true;
            context.vertx().cancelTimer(timer);
            timer = context.vertx().setTimer(FAILURE_PAUSE.toMillis(), passed -> answer());
            return;
        }
        news |= !known && !(resumed && comesEachTime(sent));
        answerIfReady();
    }

    private static boolean saysNothingNew(StreamTrack.Sent sent) {
        return switch (sent.kind()) {
            case WELCOME, RECOVERED, EXPIRY_KNOWN -> true;
            case BEGUN -> !sent.moved(); // an ephemeral channel has no position to lose
            case OTHER, REFUSED, FAILED, EXPIRING -> false;
        };
    }

    /** Whether every poll would get this frame: then it is no reason to answer without a pause. */
    private static boolean comesEachTime(StreamTrack.Sent sent) {
        return sent.kind() == StreamTrack.Kind.REFUSED || (sent.kind() == StreamTrack.Kind.EXPIRING && !sent.moved());
    }

    /** Frames of the same turn of the loop go into the same answer. */
    private void answerIfReady() {
        boolean nothingToWaitFor = track.settled() && (!resumed || (track.hasNone() && !frames.isEmpty()));
        boolean ready = !failed && (!writable() || nothingToWaitFor || (track.settled() && news));
        if (ready && !answering && entered != null) {
            answering = true;
            loop.execute(this::answer);
        }
    }

    private void answer() {
        if (answered) {
            return;
        }
        byte[] cursor = track.positions().toBytes();
        Buffer body = Buffer.buffer(bytes + frames.size() + cursor.length + 32).appendBytes(FRAMES);
        for (int i = 0; i < frames.size(); i++) {
            if (i > 0) {
                body.appendByte((byte) ',');
            }
            body.appendBytes(frames.get(i));
        }
        body.appendBytes(CURSOR).appendBytes(cursor).appendBytes(END);
        var unused = response.putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body);
        over();
    }

    private void over() {
        answered = true;
        frames.clear();
        context.vertx().cancelTimer(timer);
        if (entered != null) {
            entered.left();
        }
    }

    @Override
    public boolean writable() {
        return answered || bytes < context.pollBytes();
    }

    @Override
    public void ping() {}

    @Override
    public void close(CloseCode code, String reason) {
        if (!answered) {
            frames.add(Json.write(LastFrame.of(code, reason, context.retry())));
            answer();
        }
    }

    /** A poll ends by itself, so it is never silent. */
    @Override
    public long lastHeardMs() {
        return context.clock().millis();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
