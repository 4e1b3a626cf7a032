package dev.dunlin.benchmark.swarm;

import dev.dunlin.benchmark.websocket.ClientFrame;
import dev.dunlin.benchmark.websocket.FrameDecoder;
import dev.dunlin.benchmark.websocket.Upgrade;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One link of a swarm, and what is kept from one to the next. On the swarm's thread. */
final class SwarmLink {
    private static final int ROOM = 1024;
    private static final int MOST_DOUBLINGS = 5;

    private final Swarm swarm;
    private final int number;
    private final Member member;
    private int node;
    private long position = -1;
    private long lostAt;
    private long returnWithin = -1;
    private int failures;
    private boolean welcomed;
    private boolean subscribed;
    private @Nullable SocketChannel channel;
    private @Nullable FrameDecoder frames;
    /** What came of the answer to the handshake; null once it is whole. */
    private @Nullable ByteBuffer head;

    SwarmLink(Swarm swarm, int number, Member member) {
        this.swarm = swarm;
        this.number = number;
        this.member = member;
        this.node = number;
    }

    private URI node() {
        return swarm.options().nodes().get(node % swarm.options().nodes().size());
    }

    void open() {
        head = null;
        frames = null;
        welcomed = false;
        returnWithin = -1;
        try {
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = opened.connect(new InetSocketAddress(node().getHost(), node().getPort()));
            opened.register(swarm.selector(), connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            if (connected) {
                shakeHands(opened);
            }
        } catch (IOException e) {
            refused();
        }
    }

    void ready() {
        SocketChannel of = channel;
        if (of == null) {
            return;
        }
        try {
            if (of.isConnectionPending()) {
                of.finishConnect();
                of.keyFor(swarm.selector()).interestOps(SelectionKey.OP_READ);
                shakeHands(of);
            } else {
                read(of);
            }
        } catch (IOException e) {
            gone();
        }
    }

    private void shakeHands(SocketChannel of) throws IOException {
        write(of, Upgrade.dunlin(member.token()).request(node()));
    }

    private void read(SocketChannel from) throws IOException {
        FrameDecoder decoder = frames;
        if (decoder == null) {
            readHead(from);
            return;
        }
        int count = from.read(decoder.room());
        if (count < 0) {
            gone();
        } else {
            decoder.received(count, this::frame);
        }
    }

    private void readHead(SocketChannel from) throws IOException {
        ByteBuffer read = head == null ? ByteBuffer.allocate(ROOM) : head;
        head = read;
        if (from.read(read) < 0 || !read.hasRemaining()) {
            refused();
            return;
        }
        byte[] bytes = read.array();
        int end = read.position();
        int frame = Upgrade.end(bytes, end);
        if (frame < 0) {
            return;
        }
        head = null;
        if (!Upgrade.accepted(bytes)) {
            refused();
            return;
        }
        FrameDecoder decoder = new FrameDecoder(ROOM);
        frames = decoder;
        decoder.room().put(bytes, frame, end - frame);
        decoder.received(end - frame, this::frame);
    }

    private void frame(int opcode, byte[] bytes, int from, int to) {
        switch (opcode) {
            case FrameDecoder.TEXT -> text(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            case FrameDecoder.PING -> send(ClientFrame.PONG, Arrays.copyOfRange(bytes, from, to));
            case FrameDecoder.CLOSE -> gone();
            default -> {}
        }
    }

    private void text(String frame) {
        if (frame.startsWith("{\"type\":\"message\"")) {
            message(Json.number(frame, "seq"));
        } else if (frame.startsWith("{\"type\":\"subscribed\"")) {
            subscribed(frame);
        } else if (frame.startsWith("{\"type\":\"welcome\"")) {
            welcomed();
        } else if (frame.startsWith("{\"type\":\"goaway\"")) {
            swarm.tally().goneAway.increment();
            returnWithin = Duration.ofMillis(Json.number(frame, "jitterMs")).toNanos();
            gone();
        } else if (frame.startsWith("{\"type\":\"gap\"")) {
            swarm.tally().complain(number + ": " + frame);
        } else if (frame.startsWith("{\"type\":\"error\"")) {
            refused(frame);
        }
    }

    private void refused(String error) {
        if (!error.contains("\"retryAfterMs\":")) {
            swarm.tally().complain(number + ": " + error);
            return;
        }
        swarm.tally().refused.increment();
        SocketChannel asked = channel;
        swarm.after(Duration.ofMillis(Json.number(error, "retryAfterMs")), () -> {
            if (channel == asked) {
                subscribe();
            }
        });
    }

    private void welcomed() {
        welcomed = true;
        if (lostAt != 0) {
            swarm.tally().returns.add(System.nanoTime());
        }
        subscribe();
    }

    private void subscribe() {
        String after = position < 0 ? "" : ",\"after\":{\"seq\":" + position + "}";
        send(
                FrameDecoder.TEXT,
                ("{\"type\":\"subscribe\",\"ref\":1,\"channel\":\"" + member.channel() + "\"" + after + "}")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private void subscribed(String frame) {
        if (position < 0) {
            position = Json.number(frame, "head");
            swarm.moved(number, position);
        } else if (frame.contains("\"recovered\":false")) {
            swarm.tally().complain(number + " at " + position + ": " + frame);
            position = Json.number(frame, "head");
        }
        subscribed = true;
        failures = 0;
        swarm.tally().subscribed.incrementAndGet();
        if (lostAt != 0) {
            swarm.tally().worstOutage.accumulateAndGet(System.nanoTime() - lostAt, Math::max);
            lostAt = 0;
        }
    }

    private void message(long seq) {
        swarm.tally().messages.increment();
        if (seq != position + 1) {
            swarm.tally().complain(number + " at " + position + " got " + seq);
        }
        position = seq;
        swarm.moved(number, seq);
    }

    private void send(int opcode, byte[] payload) {
        SocketChannel of = channel;
        if (of == null) {
            return;
        }
        try {
            write(of, ClientFrame.masked(opcode, payload));
        } catch (IOException e) {
            gone();
        }
    }

    /** What a client says is short: a socket that does not take it at once is none. */
    private static void write(SocketChannel to, ByteBuffer bytes) throws IOException {
        to.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("the socket is full");
        }
    }

    private void refused() {
        swarm.tally().refused.increment();
        end();
        again();
    }

    /** Lost, or asked to go. */
    private void gone() {
        if (channel == null) {
            return;
        }
        end();
        if (subscribed) {
            subscribed = false;
            swarm.tally().subscribed.decrementAndGet();
        }
        if (welcomed && lostAt == 0) {
            lostAt = System.nanoTime();
            swarm.tally().lost.increment();
        }
        again();
    }

    private void again() {
        node++;
        long backoff = swarm.options().backoff().toNanos() << Math.min(failures, MOST_DOUBLINGS);
        failures += returnWithin >= 0 ? 0 : 1;
        swarm.openWithin(this, returnWithin >= 0 ? returnWithin : backoff);
    }

    void end() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // it is gone all the same
        }
        channel = null;
    }
}
