package dev.dunlin.benchmark.websocket;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a client asks for a WebSocket (RFC 6455 section 4), and where the answer ends.
 *
 * @param path with its query
 * @param subprotocol if the server requires one
 * @param token a bearer token if the server requires one
 */
public record Upgrade(String path, Optional<String> subprotocol, Optional<String> token) {
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ACCEPTED = "HTTP/1.1 101 ".getBytes(StandardCharsets.US_ASCII);

    /** Dunlin's, without the user's channels. */
    public static Upgrade dunlin(String token) {
        return new Upgrade("/v1/ws?auto=false", Optional.of("dunlin.v1"), Optional.of(token));
    }

    /** The request, to be written to a connection to that node. */
    public ByteBuffer request(URI node) {
        return ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: " + node.getAuthority()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + header("Sec-WebSocket-Protocol: ", subprotocol)
                        + header("Authorization: Bearer ", token)
                        + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static String header(String name, Optional<String> value) {
        return value.map(text -> name + text + "\r\n").orElse("");
    }

    /** Where the first frame begins behind the answer; -1 if the answer has not ended yet. */
    public static int end(byte[] bytes, int received) {
        for (int i = HEAD_END.length; i <= received; i++) {
            if (Arrays.equals(bytes, i - HEAD_END.length, i, HEAD_END, 0, HEAD_END.length)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the answer says that the connection is a WebSocket now. */
    public static boolean accepted(byte[] answer) {
        return Arrays.equals(answer, 0, ACCEPTED.length, ACCEPTED, 0, ACCEPTED.length);
    }
}
