package dev.dunlin.benchmark.websocket;

import java.nio.ByteBuffer;

/**
 * Frames of a client (RFC 6455 section 5.2), masked with zeros, which unmask like any other mask.
 */
public final class ClientFrame {
    public static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int MOST_SHORT = 125;
    private static final int TWO_BYTES = 126;
    private static final int MASK = 0;
    private static final int LONGEST_HEAD = 8;

    private ClientFrame() {}

    /** One message in one frame, up to 64 KiB; good to be written. */
    public static ByteBuffer masked(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + LONGEST_HEAD);
        frame.put((byte) (FIN | opcode));
        if (payload.length > MOST_SHORT) {
            frame.put((byte) (MASKED | TWO_BYTES)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | payload.length));
        }
        return frame.putInt(MASK).put(payload).flip();
    }
}
