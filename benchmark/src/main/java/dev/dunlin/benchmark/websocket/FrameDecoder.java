package dev.dunlin.benchmark.websocket;

import java.nio.ByteBuffer;

/**
 * Cuts a server's bytes into WebSocket frames (RFC 6455 section 5.2): unmasked, and whole messages
 * only, as Dunlin sends them. Not thread-safe.
 */
public final class FrameDecoder {
    public static final int TEXT = 1;
    public static final int CLOSE = 8;
    public static final int PING = 9;

    private static final int OPCODE = 0x0f;
    private static final int LENGTH = 0x7f;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    private byte[] bytes;
    private int end;

    /** {@code room}: for how many bytes there is room at first; it grows with the longest frame. */
    public FrameDecoder(int room) {
        this.bytes = new byte[room];
    }

    /** Told of a frame; the bytes are good only during the call. */
    public interface Frames {
        void frame(int opcode, byte[] bytes, int from, int to);
    }

    /** Where the next bytes go. */
    public ByteBuffer room() {
        if (end == bytes.length) {
            bytes = java.util.Arrays.copyOf(bytes, bytes.length * 2);
        }
        return ByteBuffer.wrap(bytes, end, bytes.length - end);
    }

    /** {@code count} bytes were put into {@link #room}. */
    public void received(int count, Frames frames) {
        end += count;
        int at = 0;
        for (int next = next(at, frames); next >= 0; next = next(at, frames)) {
            at = next;
        }
        System.arraycopy(bytes, at, bytes, 0, end - at);
        end -= at;
    }

    /**
     * Hands over the frame at an index; where the next one begins, or -1 if it is not there yet.
     */
    private int next(int at, Frames frames) {
        if (end - at < 2) {
            return -1;
        }
        long length = bytes[at + 1] & LENGTH;
        int header = length == TWO_BYTES ? 4 : length == EIGHT_BYTES ? 10 : 2;
        if (end - at < header) {
            return -1;
        }
        ByteBuffer head = ByteBuffer.wrap(bytes, at, header);
        if (length == TWO_BYTES) {
            length = head.getShort(at + 2) & 0xffff;
        } else if (length == EIGHT_BYTES) {
            length = head.getLong(at + 2);
        }
        long to = at + header + length;
        if (to > end) {
            return -1;
        }
        frames.frame(bytes[at] & OPCODE, bytes, at + header, (int) to);
        return (int) to;
    }
}
