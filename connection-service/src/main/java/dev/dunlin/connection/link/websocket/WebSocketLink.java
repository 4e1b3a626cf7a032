package dev.dunlin.connection.link.websocket;

import dev.dunlin.connection.handshake.Admission;
import dev.dunlin.connection.link.Link;
import dev.dunlin.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One WebSocket: text messages of frames, both ways. */
final class WebSocketLink implements Link {
    private static final Logger LOG = Logger.getLogger(WebSocketLink.class);
    private static final int LONGEST_REASON_BYTES = 123;

    private final ServerWebSocket socket;
    private final Executor loop;
    private final InstantSource clock;
    private final MessageLimits limits;
    private volatile long lastHeard;
    private Admission.@Nullable Entered entered;
    private @Nullable Buffer message;
    private int messageBytes;

    /**
     * How long a message may be.
     *
     * @param kept   a longer one is read to its end, not kept, and answered with {@code too_large}
     * @param closed a longer one closes the link with 1009
     */
    record MessageLimits(int kept, int closed) {}

    WebSocketLink(ServerWebSocket socket, Executor loop, InstantSource clock, MessageLimits limits) {
        this.socket = socket;
        this.loop = loop;
        this.clock = clock;
        this.limits = limits;
        this.lastHeard = clock.millis();
    }

    /** Starts the session. On the loop, before anything is read. */
    void open(Admission admission) {
        socket.frameHandler(this::received);
        socket.pongHandler(pong -> lastHeard = clock.millis());
        socket.exceptionHandler(failure -> LOG.debugf("A link failed: %s", failure));
        Admission.Entered session = admission.enter(this);
        entered = session;
        socket.drainHandler(drained -> session.session().outbox().flush());
        socket.closeHandler(closed -> session.left());
    }

    private void received(WebSocketFrame frame) {
        lastHeard = clock.millis();
        switch (frame.type()) {
            case TEXT, CONTINUATION -> text(frame);
            case BINARY -> close(CloseCode.UNSUPPORTED_DATA, "frames are text");
            case PING, PONG, CLOSE -> {}
        }
    }

    private void text(WebSocketFrame frame) {
        if (socket.isClosed()) {
            return;
        }
        Buffer data = frame.binaryData();
        messageBytes += data.length();
        if (messageBytes > limits.closed()) {
            close(CloseCode.MESSAGE_TOO_BIG, "a message may have " + limits.closed() + " bytes");
        } else if (messageBytes > limits.kept()) {
            message = null;
        } else {
            message = message == null ? data : message.appendBuffer(data);
        }
        if (frame.isFinal()) {
            Buffer whole = message;
            message = null;
            messageBytes = 0;
            complete(whole);
        }
    }

    private void complete(@Nullable Buffer whole) {
        if (entered == null || socket.isClosed()) {
            return;
        }
        if (whole == null) {
            entered.dispatcher().tooLarge();
            return;
        }
        byte[] utf8 = whole.getBytes();
        ByteBuf text = Unpooled.wrappedBuffer(utf8);
        if (ByteBufUtil.isText(text, StandardCharsets.UTF_8)) {
            entered.dispatcher().received(utf8);
        } else {
            close(CloseCode.INVALID_TEXT, "not UTF-8");
        }
    }

    @Override
    public Executor loop() {
        return loop;
    }

    @Override
    public void send(byte[] frame) {
        if (!socket.isClosed()) {
            var unused = socket.writeFrame(
                    new WebSocketFrameImpl(WebSocketFrameType.TEXT, Unpooled.wrappedBuffer(frame), true));
        }
    }

    @Override
    public boolean writable() {
        return socket.isClosed() || !socket.writeQueueFull();
    }

    @Override
    public void ping() {
        if (!socket.isClosed()) {
            var unused = socket.writePing(Buffer.buffer());
        }
    }

    @Override
    public void close(CloseCode code, String reason) {
        if (!socket.isClosed()) {
            String text = reason.length() > LONGEST_REASON_BYTES ? reason.substring(0, LONGEST_REASON_BYTES) : reason;
            var unused = socket.close((short) code.code(), text);
        }
    }

    @Override
    public long lastHeard() {
        return lastHeard;
    }
}
