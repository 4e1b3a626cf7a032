package dev.dunlin.benchmark.arrival;

import dev.dunlin.benchmark.dialect.Turn;
import dev.dunlin.benchmark.websocket.ClientFrame;
import dev.dunlin.benchmark.websocket.FrameDecoder;
import dev.dunlin.benchmark.websocket.Upgrade;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One client from its connection until it is subscribed: handshake, greeting, subscription. On the
 * thread of its {@link Arrivals}.
 */
final class Arrival {
    private static final int ROOM = 2048;
    private static final int LONGEST_STATUS = 40;
    private static final String CLOSED = "the server closed the connection";
    /**
     * The server has too much to do now, or waited too long for the request: the client returns.
     */
    private static final Pattern FOR_NOW = Pattern.compile(" (429|503) |" + CLOSED);

    private final Arrivals arrivals;
    private final Opening opening;
    private final Arrivals.Heard heard;
    private final Queue<Turn> turns;
    private final FrameDecoder frames = new FrameDecoder(ROOM);
    /** What came of the answer to the handshake; null once it is whole. */
    private @Nullable ByteBuffer head;

    private volatile long due;
    private boolean upgraded;
    private boolean done;
    private @Nullable SocketChannel channel;

    Arrival(Arrivals arrivals, Opening opening, Arrivals.Heard heard) {
        this.arrivals = arrivals;
        this.opening = opening;
        this.heard = heard;
        this.turns = new ArrayDeque<>(opening.turns());
    }

    void due(long nanos) {
        due = nanos;
    }

    void open(Selector selector) {
        head = null;
        try {
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = opened.connect(opening.address());
            opened.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            if (connected) {
                write(opened, opening.request().duplicate());
            }
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    void ready(SelectionKey key) {
        SocketChannel from = channel;
        if (from == null) {
            return;
        }
        try {
            if (from.isConnectionPending()) {
                from.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                write(from, opening.request().duplicate());
            } else if (upgraded) {
                int count = from.read(frames.room());
                if (count < 0) {
                    fail("the server closed the link");
                } else {
                    frames.received(count, this::frame);
                }
            } else {
                readHead(from);
            }
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private void readHead(SocketChannel from) throws IOException {
        ByteBuffer read = head == null ? ByteBuffer.allocate(ROOM) : head;
        head = read;
        int count = from.read(read);
        int end = read.position();
        int frame = Upgrade.end(read.array(), end);
        if (frame >= 0 && Upgrade.accepted(read.array())) {
            upgraded = true;
            head = null;
            begin();
            frames.room().put(read.array(), frame, end - frame);
            frames.received(end - frame, this::frame);
        } else if (count < 0 || frame >= 0 || !read.hasRemaining()) {
            refuse(new String(read.array(), 0, Math.min(end, LONGEST_STATUS), StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse(CLOSED));
        }
    }

    private void refuse(String status) {
        if (FOR_NOW.matcher(status).find()) {
            close();
            arrivals.refused(this);
        } else {
            fail(status);
        }
    }

    private void begin() {
        if (turns.isEmpty()) {
            done = true;
            arrivals.subscribed(due);
        } else {
            say();
        }
    }

    private void frame(int opcode, byte[] bytes, int from, int to) {
        switch (opcode) {
            case FrameDecoder.TEXT -> {
                if (done) {
                    heard.text(bytes, from, to);
                } else {
                    text(new String(bytes, from, to - from, StandardCharsets.UTF_8));
                }
            }
            case FrameDecoder.PING -> {
                arrivals.pinged();
                send(ClientFrame.PONG, Arrays.copyOfRange(bytes, from, to));
            }
            case FrameDecoder.CLOSE -> fail("the server sent a close frame");
            default -> {}
        }
    }

    private void text(String text) {
        Turn turn = turns.peek();
        if (turn == null) {
            return;
        }
        if (turn.isRefusedBy(text)) {
            arrivals.refused(this);
        } else if (turn.isAnsweredBy(text)) {
            turns.remove();
            begin();
        }
    }

    void askAgain(Selector selector) {
        if (channel == null) {
            open(selector);
        } else {
            say();
        }
    }

    private void say() {
        Turn turn = turns.peek();
        if (turn != null && !turn.say().isEmpty()) {
            send(FrameDecoder.TEXT, turn.say().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void send(int opcode, byte[] payload) {
        SocketChannel to = channel;
        if (to != null) {
            try {
                write(to, ClientFrame.masked(opcode, payload));
            } catch (IOException e) {
                fail(String.valueOf(e.getMessage()));
            }
        }
    }

    /** What a client says is short: a socket that does not take it at once fails. */
    private static void write(SocketChannel to, ByteBuffer bytes) throws IOException {
        to.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("the socket is full");
        }
    }

    private void fail(String why) {
        if (!done && channel != null) {
            arrivals.failed(why);
        }
        close();
    }

    void close() {
        SocketChannel of = channel;
        channel = null;
        if (of != null) {
            try {
                of.close();
            } catch (IOException e) {
                // it is gone all the same
            }
        }
    }
}
