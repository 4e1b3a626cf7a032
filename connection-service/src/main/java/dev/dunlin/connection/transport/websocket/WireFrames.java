package dev.dunlin.connection.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Encodes outgoing frames (RFC 6455 section 5.2): whole messages, not masked. The last text of each
 * event loop is kept, so a text for many links is encoded once for each loop. On event loops.
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

    /** The last encoded text of one loop. */
    private static final class Last {
        private byte @Nullable [] text;
        private @Nullable ByteBuf encoded;

        void release() {
            if (encoded != null) {
                encoded.release();
            }
            text = null;
            encoded = null;
        }
    }

    /** A text frame. Nobody may change the array. */
    ByteBuf text(ByteBufAllocator from, byte[] text) {
        Last known = last.get();
        ByteBuf encoded = known.encoded;
        if (encoded == null || known.text != text) {
            known.release();
            encoded = frame(from, TEXT, text.length).writeBytes(text);
            known.text = text;
            known.encoded = encoded;
        }
        return encoded.retainedDuplicate();
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
        ByteBuf frame = from.directBuffer(LONGEST_HEADER + length).writeByte(FIN | opcode);
        if (length <= MOST_SHORT) {
            return frame.writeByte(length);
        }
        return length <= 0xffff
                ? frame.writeByte(TWO_BYTES).writeShort(length)
                : frame.writeByte(EIGHT_BYTES).writeLong(length);
    }
}
