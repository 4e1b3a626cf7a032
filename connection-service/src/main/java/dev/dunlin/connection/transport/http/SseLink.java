package dev.dunlin.connection.transport.http;

import dev.dunlin.connection.cursor.StreamTrack;
import dev.dunlin.connection.handshake.Admission;
import dev.dunlin.connection.handshake.Entered;
import dev.dunlin.connection.link.Link;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One event stream: it carries frames to the client only. */
final class SseLink implements Link {
    private static final Logger LOG = Logger.getLogger(SseLink.class);
    /** How long a client that reads nothing may keep the connection after its stream ended. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Executor loop;
    private final StreamContext context;
    private final StreamTrack track;
    private @Nullable Entered entered;
    private boolean closed;
    private boolean saidGoAway;
    /** When the client last accepted data; it sends none. */
    private volatile long lastTaken;

    SseLink(HttpServerRequest request, Executor loop, StreamContext context, StreamTrack track) {
        this.request = request;
        this.response = request.response();
        this.loop = loop;
        this.context = context;
        this.track = track;
        this.lastTaken = context.clock().millis();
    }

    /** Starts the stream. On the loop. */
    void open(Admission admission, StreamRequest asked) {
        response.setStatusCode(200)
                .putHeader("Content-Type", "text/event-stream;charset=UTF-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        if (request.version() != HttpVersion.HTTP_2) {
            response.setChunked(true);
        }
        response.exceptionHandler(failure -> LOG.debugf("A stream failed: %s", failure));
        write(ServerSentEvent.retry(context.retry().toMillis()));
        Entered session = new StreamOpening(asked, track).enter(admission, this);
        entered = session;
        if (closed) {
            session.left();
            return;
        }
        response.drainHandler(drained -> {
            lastTaken = context.clock().millis();
            session.session().outbox().flush();
        });
        response.closeHandler(gone -> {
            closed = true;
            session.left();
        });
    }

    @Override
    public Executor loop() {
        return loop;
    }

    @Override
    public void send(byte[] frame) {
        if (closed) {
            return;
        }
        StreamTrack.Sent sent = track.sent(frame);
        if (sent.type().equals("goaway")) {
            saidGoAway = true;
        }
        write(ServerSentEvent.of(sent.type(), frame, sent.moved() ? track.positions() : null));
        if (sent.kind() == StreamTrack.Kind.FAILED) {
            loop.execute(this::comeAgain);
        }
    }

    /**
     * A client cannot request one channel of a stream again, but it can reconnect with its cursor.
     */
    private void comeAgain() {
        if (entered != null) {
            entered.session().close(CloseCode.OVERLOADED, "a channel cannot be read now");
        }
    }

    private void write(byte[] text) {
        var unused = response.write(Buffer.buffer(text));
        if (!response.writeQueueFull()) {
            lastTaken = context.clock().millis();
        }
    }

    @Override
    public boolean writable() {
        return closed || !response.writeQueueFull();
    }

    @Override
    public void ping() {
        if (!closed) {
            write(ServerSentEvent.COMMENT);
        }
    }

    @Override
    public void close(CloseCode code, String reason) {
        if (closed) {
            return;
        }
        closed = true;
        if (!saidGoAway || code.code() >= 4400) {
            byte[] last = Json.write(LastFrame.of(code, reason, context.retry()));
            write(ServerSentEvent.of(track.sent(last).type(), last, null));
        }
        Future<Void> ended = response.end();
        context.vertx().setTimer(LINGER.toMillis(), late -> {
            if (!ended.isComplete()) {
                abort();
            }
        });
        if (entered != null) {
            entered.left();
        }
    }

    private void abort() {
        if (request.version() == HttpVersion.HTTP_2) {
            response.reset(); // other streams of the connection continue
        } else {
            // Vert.x's own close would wait until all is written.
            var unused = ((ConnectionBase) request.connection()).channel().close();
        }
    }

    /** A client that sends nothing proves that it is alive by accepting data. */
    @Override
    public long lastHeardMs() {
        return lastTaken;
    }
}
