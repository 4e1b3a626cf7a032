package dev.dunlin.benchmark.websocket;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a link of a swarm becomes a WebSocket (RFC 6455 section 4): what is asked, and where the
 * answer ends.
 */
public final class Upgrade {
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ACCEPTED = "HTTP/1.1 101 ".getBytes(StandardCharsets.US_ASCII);

    private Upgrade() {}

    /** Asks a node for a WebSocket without the user's channels. */
    public static ByteBuffer request(URI node, String token) {
        return ByteBuffer.wrap(("GET /v1/ws?auto=false HTTP/1.1\r\nHost: " + node.getAuthority()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: dunlin.v1\r\n"
                        + "Authorization: Bearer " + token + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** Where the first frame begins behind the answer; -1 if that has not ended yet. */
    public static int end(byte[] bytes, int received) {
        for (int i = HEAD_END.length; i <= received; i++) {
            if (Arrays.equals(bytes, i - HEAD_END.length, i, HEAD_END, 0, HEAD_END.length)) {
                return i;
            }
        }
        return -1;
    }

    public static boolean accepted(byte[] answer) {
        return Arrays.equals(answer, 0, ACCEPTED.length, ACCEPTED, 0, ACCEPTED.length);
    }
}
