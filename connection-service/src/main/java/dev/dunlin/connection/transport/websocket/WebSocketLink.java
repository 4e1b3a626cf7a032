package dev.dunlin.connection.transport.websocket;

import dev.dunlin.connection.link.FrameRun;
import dev.dunlin.connection.link.Link;
import dev.dunlin.connection.link.LinkListener;
import dev.dunlin.connection.transport.websocket.ClientFrames.Broken;
import dev.dunlin.connection.transport.websocket.ClientFrames.Frame;
import dev.dunlin.connection.transport.websocket.ClientFrames.Incomplete;
import dev.dunlin.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, the only handler of its channel: text messages of frames, both ways. It stops
 * reading the socket while the client does not accept what it is sent. On the channel's event loop
 * only. While nothing arrives it holds no buffer and no decoder.
 */
final class WebSocketLink extends ChannelInboundHandlerAdapter implements Link {
    private static final Logger LOG = Logger.getLogger(WebSocketLink.class);
    private static final int LONGEST_REASON_BYTES = 123;
    private static final int INTERNAL_ERROR = 1011;
    /**
     * A client in the middle of a message that is too long can finish it, and see why it was
     * closed.
     */
    private static final int MOST_SKIPPED_BYTES = 16 << 20;

    private static final byte OPEN = 0;
    /** A close frame was sent. */
    private static final byte CLOSING = 1;
    /** Frames are no longer read: the client's close has come, or bytes that are none. */
    private static final byte DEAF = 2;

    private final Channel channel;
    private final WebSocketContext shared;
    private @Nullable LinkListener listener;
    /** The bytes of a frame that has not arrived whole; null if there are none. */
    private @Nullable ByteBuf partial;
    /**
     * The text message of which more frames must arrive; null if there is none. While the link
     * closes it counts what is dropped.
     */
    private @Nullable IncomingMessage message;

    /**
     * One of the three above; a byte, because an enum's reference would add 8 bytes to each link.
     */
    private byte end = OPEN;

    private boolean flushing;
    private boolean writing;
    private volatile long lastHeardMs;

    WebSocketLink(Channel channel, WebSocketContext shared) {
        this.channel = channel;
        this.shared = shared;
        this.lastHeardMs = shared.clock().millis();
    }

    /**
     * Opens the session, or in tests another listener. This handler must be the last one of the
     * channel.
     */
    void open(Function<? super Link, ? extends LinkListener> enter) {
        listener = enter.apply(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        try {
            lastHeardMs = shared.clock().millis();
            if (read instanceof ByteBuf bytes) {
                received(bytes);
            }
        } finally {
            ReferenceCountUtil.release(read);
        }
    }

    private void received(ByteBuf bytes) {
        ByteBuf earlier = partial;
        if (earlier == null) {
            frames(bytes);
            if (bytes.isReadable()) {
                partial = channel.alloc().buffer(bytes.readableBytes()).writeBytes(bytes);
            }
            return;
        }
        frames(earlier.writeBytes(bytes));
        if (earlier.isReadable()) {
            earlier.discardReadBytes();
        } else {
            dropPartial();
        }
    }

    /** Handles the whole frames in the bytes; afterwards only an incomplete one is left. */
    private void frames(ByteBuf bytes) {
        boolean more = true;
        while (more && end != DEAF) {
            switch (ClientFrames.read(bytes, order(), shared.closedBytes())) {
                case Frame frame -> received(frame);
                case Broken broken -> breakOff(broken.code().code(), broken.reason());
                case Incomplete incomplete -> more = false;
            }
        }
        if (end == DEAF) {
            skip(bytes);
            bytes.skipBytes(bytes.readableBytes());
        }
    }

    private ClientFrames.Order order() {
        if (closing()) {
            return ClientFrames.Order.ANY;
        }
        return message == null ? ClientFrames.Order.BETWEEN_MESSAGES : ClientFrames.Order.IN_MESSAGE;
    }

    private void dropPartial() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    private void received(Frame frame) {
        if (frame.opcode() == ClientFrames.CLOSE) {
            closed(frame.payload());
        } else if (closing()) {
            skip(frame.payload());
        } else if (frame.opcode() == ClientFrames.PING) {
            ping(frame.payload());
        } else if (frame.opcode() == ClientFrames.BINARY) {
            close(CloseCode.UNSUPPORTED_DATA, "frames are text");
        } else if (frame.isData()) {
            text(frame);
        }
    }

    /**
     * Drops what arrives while the client's close frame is awaited. A client that keeps sending is
     * not read further.
     */
    private void skip(ByteBuf unwanted) {
        message = message == null ? new IncomingMessage() : message;
        if (message.drop(unwanted) > MOST_SKIPPED_BYTES) {
            channel.config().setAutoRead(false);
        }
    }

    private void ping(ByteBuf payload) {
        boolean allowed = listener != null && listener.control();
        if (allowed && channel.isWritable()) {
            write(shared.wire().pong(channel.alloc(), payload));
        }
    }

    private void text(Frame frame) {
        IncomingMessage current = message == null ? new IncomingMessage() : message;
        message = frame.last() ? null : current;
        if (!current.add(frame, shared.keptBytes())) {
            breakOff(CloseCode.INVALID_TEXT.code(), "bytes are not UTF-8");
        } else if (current.fragments() > WebSocketContext.MOST_FRAGMENTS) {
            close(
                    CloseCode.MESSAGE_TOO_BIG,
                    "a message may have " + (WebSocketContext.MOST_FRAGMENTS + 1) + " fragments");
        } else {
            if (!frame.last() && listener != null) {
                listener.control(); // counts as a frame: an empty one costs its sender almost
                // nothing
            }
            if (current.bytes() > shared.closedBytes()) {
                close(CloseCode.MESSAGE_TOO_BIG, "a message may have " + shared.closedBytes() + " bytes");
            } else if (frame.last()) {
                complete(current);
            }
        }
    }

    private void complete(IncomingMessage whole) {
        byte[] text = whole.text();
        if (listener != null && text != null) {
            listener.received(text);
        } else if (listener != null) {
            listener.tooLarge(whole.bytes());
        }
    }

    private void closed(ByteBuf body) {
        int code = body.isReadable() ? body.readUnsignedShort() : -1;
        if (!WebSocketCloseStatus.isValidStatusCode(code)) {
            breakOff(CloseCode.PROTOCOL_ERROR.code(), "a close code that may not be sent");
        } else if (Utf8.after(Utf8.COMPLETE, body) != Utf8.COMPLETE) {
            breakOff(CloseCode.INVALID_TEXT.code(), "bytes are not UTF-8");
        } else {
            answerClose(code);
        }
    }

    private void answerClose(int code) {
        boolean awaited = closing();
        end = DEAF;
        if (awaited) {
            hangUp();
            return;
        }
        ByteBuf answer = shared.wire().close(channel.alloc(), code, ""); // repeats it, RFC 6455 section 5.5.1
        var unused = channel.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            hangUp();
        } else {
            LOG.error("A link failed", cause);
            breakOff(INTERNAL_ERROR, "the service failed");
        }
    }

    /**
     * After bytes that are not frames, the client's close frame cannot be read. So the server sends
     * its own and waits for the end of the connection.
     */
    private void breakOff(int code, String reason) {
        boolean said = closing();
        end = DEAF;
        if (said) {
            return;
        }
        var unused = say(code, reason).addListener(done -> {
            if (channel instanceof DuplexChannel duplex && channel.pipeline().get(SslHandler.class) == null) {
                // A close with unread bytes would be a reset, which can overtake the close frame.
                var unusedEnd = duplex.shutdownOutput();
            }
        });
    }

    private ChannelFuture say(int code, String reason) {
        stopSending();
        message = null;
        channel.config().setAutoRead(true); // to see the answer
        var unused =
                channel.eventLoop().schedule(this::hangUp, shared.closeWithin().toMillis(), TimeUnit.MILLISECONDS);
        return channel.writeAndFlush(shared.wire().close(channel.alloc(), code, cut(reason)));
    }

    private boolean closing() {
        return end != OPEN;
    }

    private void stopSending() {
        if (end == OPEN) {
            end = CLOSING;
        }
    }

    private void hangUp() {
        var unused = channel.close();
    }

    private static String cut(String reason) {
        byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= LONGEST_REASON_BYTES) {
            return reason;
        }
        int end = LONGEST_REASON_BYTES;
        while ((utf8[end] & 0xc0) == 0x80) { // do not cut a character
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        boolean writable = channel.isWritable();
        if (writable) {
            lastHeardMs = shared.clock().millis(); // a client that accepts data is alive, even while it is not read
        }
        if (!closing()) {
            channel.config().setAutoRead(writable);
        }
        if (writable && !writing && listener != null) {
            listener.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopSending();
        message = null;
        if (listener != null) {
            listener.left();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        dropPartial();
    }

    @Override
    public Executor loop() {
        return channel.eventLoop();
    }

    @Override
    public void send(byte[] frame) {
        if (!closing()) {
            write(shared.wire().text(channel.alloc(), frame));
        }
    }

    @Override
    public boolean sendTogether(FrameRun run) {
        if (!closing()) {
            write(shared.wire().texts(channel.alloc(), run));
        }
        return true;
    }

    private void write(ByteBuf frame) {
        var unused = channel.write(frame, channel.voidPromise());
        if (!channel.isWritable()) {
            writing = true;
            channel.flush(); // only what the socket does not accept makes a client slow
            writing = false;
        }
        flushLater();
    }

    private void flushLater() {
        if (!flushing) {
            flushing = true;
            shared.turns().atTheEnd(channel.eventLoop(), this);
        }
    }

    /**
     * Flushes what this turn of the loop wrote, and what waited behind it, with one system call.
     */
    void flush() {
        flushing = false;
        channel.flush();
        if (listener != null && channel.isWritable()) {
            listener.writable();
        }
    }

    @Override
    public boolean writable() {
        return closing() || channel.isWritable();
    }

    @Override
    public void ping() {
        if (!closing()) {
            write(shared.wire().ping(channel.alloc()));
            if (listener != null) {
                listener.idle();
            }
        }
    }

    @Override
    public void close(CloseCode code, String reason) {
        if (!closing()) {
            var unused = say(code.code(), reason);
        }
    }

    @Override
    public long lastHeardMs() {
        return lastHeardMs;
    }
}
