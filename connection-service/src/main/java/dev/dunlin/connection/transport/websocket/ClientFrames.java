package dev.dunlin.connection.transport.websocket;

import dev.dunlin.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of clients (RFC 6455 section 5.2): masked, without extensions. It keeps
 * nothing, so an idle link has no decoder: the header of a frame that is not complete is read again
 * with the bytes that follow. What breaks a rule is found with the first byte that shows it.
 */
final class ClientFrames {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    private static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0f;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MASK_BYTES = 4;

    private ClientFrames() {}

    /** Which data frames may come next. */
    enum Order {
        /** The first one of a message. */
        BETWEEN_MESSAGES,
        /** One that continues the message. */
        IN_MESSAGE,
        /** Not checked, because the link closes and only the client's close frame matters. */
        ANY
    }

    /** What the next bytes are. */
    sealed interface Decoded permits Frame, Broken, Incomplete {}

    /**
     * A whole frame.
     *
     * @param last whether it ends its message
     * @param payload unmasked; a part of the buffer that was read
     */
    record Frame(int opcode, boolean last, ByteBuf payload) implements Decoded {
        /** Whether it is part of a message, and not a control frame. */
        boolean isData() {
            return opcode < CLOSE;
        }
    }

    /** Bytes that are no frame: nothing after them can be read. */
    record Broken(CloseCode code, String reason) implements Decoded {}

    /** A frame of which more must arrive. */
    enum Incomplete implements Decoded {
        FRAME
    }

    /**
     * Reads the next frame. Moves the buffer's reader index only for a whole frame.
     *
     * @param maxBytes of a payload
     */
    static Decoded read(ByteBuf in, Order order, int maxBytes) {
        int at = in.readerIndex();
        int readable = in.readableBytes();
        if (readable == 0) {
            return Incomplete.FRAME;
        }
        int first = in.getUnsignedByte(at);
        String wrong = wrongFirst(first, order);
        if (wrong != null) {
            return new Broken(CloseCode.PROTOCOL_ERROR, wrong);
        }
        if (readable < 2) {
            return Incomplete.FRAME;
        }
        int second = in.getUnsignedByte(at + 1);
        wrong = wrongSecond(first & OPCODE, second);
        if (wrong != null) {
            return new Broken(CloseCode.PROTOCOL_ERROR, wrong);
        }
        int headerBytes = headerBytes(second & LENGTH);
        if (readable < headerBytes) {
            return Incomplete.FRAME;
        }
        long length = length(in, at + 2, second & LENGTH);
        if (shortestHeaderBytes(length) != headerBytes) {
            return new Broken(CloseCode.PROTOCOL_ERROR, "the length of a frame is not in its shortest form");
        }
        if (length > maxBytes) {
            return new Broken(CloseCode.MESSAGE_TOO_BIG, "a frame may have " + maxBytes + " bytes");
        }
        if (readable < headerBytes + MASK_BYTES + length) {
            return Incomplete.FRAME;
        }
        int mask = in.getInt(at + headerBytes);
        ByteBuf payload = in.skipBytes(headerBytes + MASK_BYTES).readSlice((int) length);
        unmask(payload, mask);
        return new Frame(first & OPCODE, (first & FIN) != 0, payload);
    }

    private static @Nullable String wrongFirst(int first, Order order) {
        if ((first & RESERVED) != 0) {
            return "a reserved bit is set, and there is no extension";
        }
        return switch (first & OPCODE) {
            case CONTINUATION -> order == Order.BETWEEN_MESSAGES ? "a continuation frame without a message" : null;
            case TEXT, BINARY -> order == Order.IN_MESSAGE ? "a new message before the last one has ended" : null;
            case CLOSE, PING, PONG -> (first & FIN) == 0 ? "a control frame in fragments" : null;
            default -> "a reserved opcode";
        };
    }

    private static @Nullable String wrongSecond(int opcode, int second) {
        int length = second & LENGTH;
        if ((second & MASKED) == 0) {
            return "a frame of a client must be masked";
        }
        if (opcode >= CLOSE && length >= TWO_BYTES) {
            return "a control frame may have 125 bytes";
        }
        return opcode == CLOSE && length == 1 ? "a close frame has half of a code" : null;
    }

    private static long length(ByteBuf in, int at, int shortLength) {
        return switch (shortLength) {
            case TWO_BYTES -> in.getUnsignedShort(at);
            case EIGHT_BYTES -> in.getLong(at);
            default -> shortLength;
        };
    }

    /** The bytes before the mask, by the first length field. */
    private static int headerBytes(int field) {
        return switch (field) {
            case TWO_BYTES -> 4;
            case EIGHT_BYTES -> 10;
            default -> 2;
        };
    }

    /** The bytes before the mask with which a length must be written; 0 if it is negative. */
    private static int shortestHeaderBytes(long length) {
        if (length < 0) {
            return 0;
        }
        return length < TWO_BYTES ? 2 : length <= 0xffff ? 4 : 10;
    }

    private static void unmask(ByteBuf payload, int mask) {
        int at = payload.readerIndex();
        int end = payload.writerIndex();
        for (; end - at >= MASK_BYTES; at += MASK_BYTES) {
            payload.setInt(at, payload.getInt(at) ^ mask);
        }
        for (int shift = 24; at < end; at++, shift -= 8) {
            payload.setByte(at, payload.getByte(at) ^ mask >> shift);
        }
    }
}
