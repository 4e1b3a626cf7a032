package dev.dunlin.benchmark.floor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A process with one thread that upgrades connections to WebSockets and answers each frame with the
 * text {@code subscribed}: what taking a socket over costs, without token, session or state. It
 * takes what a client of the benchmark sends to be whole with each read.
 */
public final class UpgradeLoop {
    private static final int ROOM = 4096;
    private static final int BACKLOG = 4096;
    // For the one key that the clients of the benchmark send (RFC 6455 section 1.3).
    private static final byte[] UPGRADED = String.join(
                    "\r\n",
                    "HTTP/1.1 101 Switching Protocols",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                    "",
                    "")
            .getBytes(StandardCharsets.US_ASCII);
    private static final String SUBSCRIBED = "subscribed";

    private UpgradeLoop() {}

    /** {@code PORT}. */
    public static void main(String[] args) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open();
                Selector selector = Selector.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            ByteBuffer room = ByteBuffer.allocateDirect(ROOM);
            byte[] frame = frame();
            while (!Thread.currentThread().isInterrupted()) {
                selector.select(key -> {
                    try {
                        if (key.isAcceptable()) {
                            accept(server, selector);
                        } else {
                            answer(key, room, frame);
                        }
                    } catch (IOException e) {
                        key.cancel();
                    }
                });
            }
        }
    }

    private static void accept(ServerSocketChannel server, Selector selector) throws IOException {
        for (SocketChannel one = server.accept(); one != null; one = server.accept()) {
            one.configureBlocking(false);
            one.register(selector, SelectionKey.OP_READ, UPGRADED);
        }
    }

    private static void answer(SelectionKey key, ByteBuffer room, byte[] frame) throws IOException {
        SocketChannel from = (SocketChannel) key.channel();
        room.clear();
        if (from.read(room) < 0) {
            from.close();
            return;
        }
        byte[] answer = (byte[]) key.attachment();
        from.write(ByteBuffer.wrap(answer));
        key.attach(frame);
    }

    private static byte[] frame() {
        byte[] text = SUBSCRIBED.getBytes(StandardCharsets.US_ASCII);
        byte[] frame = Arrays.copyOf(new byte[] {(byte) 0x81, (byte) text.length}, text.length + 2);
        System.arraycopy(text, 0, frame, 2, text.length);
        return frame;
    }
}
