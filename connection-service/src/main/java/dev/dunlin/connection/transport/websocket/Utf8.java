package dev.dunlin.connection.transport.websocket;

import io.netty.buffer.ByteBuf;

/**
 * Checks UTF-8 (RFC 3629) part by part. What is known between two parts of a message is one number:
 * how many bytes the last character still needs, and what the next one may be.
 */
final class Utf8 {
    /** Every character so far is complete. The state before the first part. */
    static final int COMPLETE = 0;
    /** The bytes are not UTF-8. */
    static final int INVALID = -1;

    private Utf8() {}

    /** The state after more bytes; the buffer's indices stay. */
    static int after(int state, ByteBuf part) {
        int now = state;
        int end = part.writerIndex();
        for (int at = part.readerIndex(); at < end && now != INVALID; at++) {
            now = after(now, part.getUnsignedByte(at));
        }
        return now;
    }

    private static int after(int state, int next) {
        if (state == COMPLETE) {
            return next < 0x80 ? COMPLETE : first(next);
        }
        int needed = state >> 16;
        int low = state >> 8 & 0xff;
        int high = state & 0xff;
        if (next < low || next > high) {
            return INVALID;
        }
        return needed == 1 ? COMPLETE : needs(needed - 1, 0x80, 0xbf);
    }

    /** Neither overlong forms, nor surrogates, nor what is beyond U+10FFFF. */
    private static int first(int lead) {
        if (lead < 0xc2 || lead > 0xf4) {
            return INVALID;
        }
        if (lead < 0xe0) {
            return needs(1, 0x80, 0xbf);
        }
        return switch (lead) {
            case 0xe0 -> needs(2, 0xa0, 0xbf);
            case 0xed -> needs(2, 0x80, 0x9f);
            case 0xf0 -> needs(3, 0x90, 0xbf);
            case 0xf4 -> needs(3, 0x80, 0x8f);
            default -> needs(lead < 0xf0 ? 2 : 3, 0x80, 0xbf);
        };
    }

    private static int needs(int bytes, int low, int high) {
        return bytes << 16 | low << 8 | high;
    }
}
