package dev.dunlin.benchmark.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * One WebSocket to a server. Frames are masked with zeros, which a server unmasks like any other
 * mask. Writes may come from any thread and block while the socket is full; what comes back is read
 * by its {@link LinkLoop}.
 */
public final class Link {
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int PONG = 10;
    private static final int MOST_SHORT = 125;
    private static final int TWO_BYTES = 126;
    private static final int BUFFER = 1 << 20;
    private static final long PAUSE_NANOS = 50_000;

    private final SocketChannel channel;
    private final FrameDecoder decoder = new FrameDecoder(256 * 1024);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);

    private Link(SocketChannel channel) {
        this.channel = channel;
    }

    /** Opens a WebSocket at the origin of a node ({@code http://host:port}). Blocks. */
    public static Link open(URI origin, Upgrade upgrade) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(origin.getHost(), origin.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        ByteBuffer bytes = upgrade.request(origin);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        String answer = head(channel);
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            channel.close();
            throw new IOException(
                    "the handshake was refused: " + answer.lines().findFirst().orElse(""));
        }
        channel.configureBlocking(false);
        return new Link(channel);
    }

    private static String head(SocketChannel channel) throws IOException {
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0) {
            one.clear();
            if (channel.read(one) < 0) {
                break;
            }
            head.append((char) one.get(0));
        }
        return head.toString();
    }

    /**
     * Reads texts until one satisfies the condition; false if none does within the time. Only
     * before a {@link LinkLoop} reads the link. Blocks.
     *
     * @throws IOException if the server closes the link
     */
    public boolean await(Predicate<String> condition, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        List<String> texts = new ArrayList<>();
        while (texts.stream().noneMatch(condition)) {
            texts.clear();
            int count = channel.read(decoder.room());
            if (count < 0) {
                throw new IOException("the server closed the link");
            }
            if (System.nanoTime() - end > 0) {
                return false;
            }
            decoder.received(count, (opcode, bytes, from, to) -> {
                if (opcode == FrameDecoder.TEXT) {
                    texts.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
                }
            });
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    SocketChannel channel() {
        return channel;
    }

    FrameDecoder decoder() {
        return decoder;
    }

    /** Queues a text frame; {@link #flush} sends it. One message is one frame. */
    public synchronized void add(byte[] text) {
        add(FrameDecoder.TEXT, text);
    }

    /** Sends what was queued. */
    public synchronized void flush() {
        out.flip();
        try {
            while (out.hasRemaining()) {
                if (channel.write(out) == 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            out.clear();
        }
    }

    /** Sends a text frame now. */
    public synchronized void send(byte[] text) {
        add(text);
        flush();
    }

    synchronized void pong(byte[] payload) {
        add(PONG, payload);
        flush();
    }

    private void add(int opcode, byte[] payload) {
        if (out.remaining() < payload.length + 14) {
            flush();
        }
        out.put((byte) (FIN | opcode));
        if (payload.length <= MOST_SHORT) {
            out.put((byte) (MASKED | payload.length));
        } else {
            out.put((byte) (MASKED | TWO_BYTES)).putShort((short) payload.length);
        }
        out.putInt(0).put(payload);
    }

    /** Cuts it. */
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
