package dev.dunlin.connection.transport.websocket;

import dev.dunlin.connection.link.FrameRun;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes outgoing frames (RFC 6455 section 5.2): whole messages, not masked. The last text of each
 * event loop is kept, or the last run of texts, so it is encoded once for all links of a loop. On
 * event loops.
 */
public final class WireFrames {
    private static final int FIN = 0x80;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int MOST_SHORT = 125;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int LONGEST_HEADER = 10;

    private final FastThreadLocal<Last> last = new FastThreadLocal<>() {
        @Override
        protected Last initialValue() {
            return new Last();
        }

        @Override
        protected void onRemoval(Last gone) {
            gone.release();
        }
    };

    /** The last text of one loop, or the last run of texts, encoded. */
    private static final class Last {
        /** A text or a run, known by identity. */
        private @Nullable Object source;

        private @Nullable ByteBuf encoded;

        ByteBuf replace(Object newest, ByteBuf bytes) {
            release();
            source = newest;
            encoded = bytes;
            return bytes;
        }

        void release() {
            if (encoded != null) {
                encoded.release();
            }
            source = null;
            encoded = null;
        }
    }

    /** A text frame. Nobody may change the array. */
    ByteBuf text(ByteBufAllocator from, byte[] text) {
        Last known = last.get();
        ByteBuf encoded = known.encoded;
        if (encoded == null || known.source != text) {
            encoded = known.replace(text, frame(from, TEXT, text.length).writeBytes(text));
        }
        return encoded.retainedDuplicate();
    }

    /** Several text frames, one after the other. */
    ByteBuf texts(ByteBufAllocator from, FrameRun run) {
        Last known = last.get();
        ByteBuf encoded = known.encoded;
        if (encoded == null || known.source != run) {
            encoded = known.replace(run, frames(from, run.frames()));
        }
        return encoded.retainedDuplicate();
    }

    private static ByteBuf frames(ByteBufAllocator from, List<byte[]> texts) {
        int bytes = 0;
        for (byte[] text : texts) {
            bytes += LONGEST_HEADER + text.length;
        }
        ByteBuf frames = from.directBuffer(bytes);
        for (byte[] text : texts) {
            header(frames, TEXT, text.length).writeBytes(text);
        }
        return frames;
    }

    ByteBuf ping(ByteBufAllocator from) {
        return frame(from, PING, 0);
    }

    /** The answer to a ping. */
    ByteBuf pong(ByteBufAllocator from, ByteBuf payload) {
        return frame(from, PONG, payload.readableBytes()).writeBytes(payload);
    }

    /** A close frame; without a code and a reason if the code is negative. */
    ByteBuf close(ByteBufAllocator from, int code, String reason) {
        if (code < 0) {
            return frame(from, CLOSE, 0);
        }
        byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
        return frame(from, CLOSE, 2 + utf8.length).writeShort(code).writeBytes(utf8);
    }

    private static ByteBuf frame(ByteBufAllocator from, int opcode, int length) {
        return header(from.directBuffer(LONGEST_HEADER + length), opcode, length);
    }

    private static ByteBuf header(ByteBuf frame, int opcode, int length) {
        frame.writeByte(FIN | opcode);
        if (length <= MOST_SHORT) {
            return frame.writeByte(length);
        }
        return length <= 0xffff
                ? frame.writeByte(TWO_BYTES).writeShort(length)
                : frame.writeByte(EIGHT_BYTES).writeLong(length);
    }
}
