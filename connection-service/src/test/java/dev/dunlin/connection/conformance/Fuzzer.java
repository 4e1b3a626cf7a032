package dev.dunlin.connection.conformance;

import dev.dunlin.connection.peer.PackagedNode;
import dev.dunlin.engines.testing.TestTokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A client that is out of its mind, on every transport. What it does is a function of its random
 * numbers; what it gets back it reads and forgets.
 */
final class Fuzzer {
    private static final int READ_AT_MOST_MS = 150;
    private static final String END = "\r\n\r\n";

    private final PackagedNode node;
    private final RandomGenerator random;
    private final Mutation mutation;
    private final String token = TestTokens.user("fuzz");
    private final List<byte[]> frames = fixtures();
    private final String cursor;

    Fuzzer(PackagedNode node, RandomGenerator random, String cursor) {
        this.node = node;
        this.random = random;
        this.mutation = new Mutation(random);
        this.cursor = cursor;
    }

    private static List<byte[]> fixtures() {
        List<byte[]> frames = new ArrayList<>();
        try (DirectoryStream<Path> fixtures = Files.newDirectoryStream(
                Path.of(System.getProperty("dunlin.root"), "docs", "protocol", "fixtures", "client"))) {
            for (Path fixture : fixtures) {
                frames.add(Files.readAllBytes(fixture));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frames;
    }

    /** A WebSocket whose bytes are frames of RFC 6455 that went wrong. */
    void webSocketBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int count = random.nextInt(1, 12);
        for (int i = 0; i < count; i++) {
            byte[] good = frame(random.nextInt(256), mutation.any(frames));
            bytes.writeBytes(random.nextInt(3) == 0 ? mutation.of(good) : good);
        }
        send(head("GET", "/v1/ws?auto=false", upgrade()), bytes.toByteArray());
    }

    /** A WebSocket that is right, and in it JSON that is not. */
    void frames() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int count = random.nextInt(5, 60);
        for (int i = 0; i < count; i++) {
            byte[] text = mutation.of(mutation.any(frames));
            // else the first text that is not UTF-8 ends it
            byte[] utf8 = new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(frame(0x81, utf8));
        }
        send(head("GET", "/v1/ws?auto=" + random.nextBoolean(), upgrade()), bytes.toByteArray());
    }

    /** The head of an upgrade. */
    void upgrades() throws IOException {
        send(mutation.of(head("GET", "/v1/ws", upgrade())), mutation.bytes(random.nextInt(40)));
    }

    /** What event streams and polls are asked for. */
    void streams() throws IOException {
        String path = random.nextBoolean() ? "/v1/events" : "/v1/poll";
        String query = mutation.of(
                        "channel=room:fuzz&channel=group:fuzz&timeout=1&cursor=" + cursor + "&ticket=abc&auto=false")
                .replaceAll("[\\s#]", "+");
        String headers = "Authorization: Bearer " + token + "\r\nLast-Event-ID: "
                + mutation.of(cursor).replaceAll("[\\r\\n]", "") + "\r\n";
        byte[] head = head("GET", path + "?" + query, headers);
        send(random.nextInt(4) == 0 ? mutation.of(head) : head, new byte[0]);
    }

    /** REST calls and their bodies. */
    void rest() throws IOException {
        String[] call = mutation.any(List.of(
                new String[] {"POST", "/v1/channels/room:fuzz/signals", "{\"data\":{\"x\":[1,2,{\"y\":null}]}}"},
                new String[] {"POST", "/v1/tickets", ""},
                new String[] {"DELETE", "/v1/users/nobody/sessions", ""},
                new String[] {"PUT", "/v1/channels/room:fuzz/signals", "{}"}));
        byte[] body = mutation.of(call[2].getBytes(StandardCharsets.UTF_8));
        String headers = "Authorization: Bearer "
                + (random.nextInt(4) == 0 ? mutation.of(token).replaceAll("[\\r\\n]", "") : token)
                + "\r\nContent-Type: "
                + mutation.any(List.of("application/json", "text/plain", "application/json;charset=x", "*/*", "/"))
                + "\r\nContent-Length: " + body.length + "\r\n";
        String path = random.nextInt(3) == 0 ? mutation.of(call[1]).replaceAll("[\\s#]", "+") : call[1];
        send(head(call[0], path, headers), body);
    }

    /** HTTP/2 of prior knowledge: the preface, and then anything. */
    void http2() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0}); // SETTINGS
        int count = random.nextInt(1, 10);
        for (int i = 0; i < count; i++) {
            byte[] payload = mutation.bytes(random.nextInt(40));
            bytes.writeBytes(
                    new byte[] {0, 0, (byte) payload.length, (byte) random.nextInt(12), (byte) random.nextInt(256)});
            bytes.writeBytes(new byte[] {0, 0, 0, (byte) random.nextInt(6)});
            bytes.writeBytes(payload);
        }
        send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII), bytes.toByteArray());
    }

    private String upgrade() {
        return "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Protocol: dunlin.v1, bearer." + token + "\r\n";
    }

    private static byte[] head(String method, String path, String headers) {
        return (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers.stripTrailing() + END)
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        byte[] mask = mutation.bytes(4);
        frame.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ mask[i & 3]);
        }
        return frame.toByteArray();
    }

    /**
     * Sends in one piece or in several, reads a little, and goes: in order, half, or with a reset.
     */
    private void send(byte[] head, byte[] rest) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            socket.setSoTimeout(READ_AT_MOST_MS);
            socket.getOutputStream().write(head);
            if (random.nextBoolean()) {
                read(socket.getInputStream(), 1);
            }
            int cut = rest.length == 0 ? 0 : random.nextInt(rest.length);
            socket.getOutputStream().write(rest, 0, cut);
            socket.getOutputStream().write(rest, cut, rest.length - cut);
            switch (random.nextInt(4)) {
                case 0 -> socket.setSoLinger(true, 0); // a reset
                case 1 -> {
                    socket.shutdownOutput();
                    read(socket.getInputStream(), Integer.MAX_VALUE);
                }
                case 2 -> read(socket.getInputStream(), Integer.MAX_VALUE);
                default -> {} // just gone
            }
        } catch (SocketException closed) {
            // by the node, which may do so at any time
        }
    }

    private static void read(InputStream in, int most) throws IOException {
        try {
            byte[] buffer = new byte[8192];
            int total = 0;
            for (int read = in.read(buffer); read >= 0 && total < most; read = in.read(buffer)) {
                total += read;
            }
        } catch (SocketTimeoutException silent) {
            // enough
        }
    }
}
