package dev.dunlin.connection.transport.http;

import dev.dunlin.connection.cursor.Positions;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The text of an event stream (HTML standard, section 9.2). Only fields that this suite writes can
 * begin a line: client content is inside {@code data}, on one line.
 */
final class ServerSentEvent {
    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] ID = ascii("\nid: ");
    private static final byte[] DATA = ascii("\ndata: ");
    private static final byte[] END = ascii("\n\n");
    /** A heartbeat: a line that clients ignore. */
    static final byte[] COMMENT = ascii(":\n\n");

    private ServerSentEvent() {}

    /**
     * One event. It has no {@code id} if the cursor has not changed: the client then keeps the last
     * one.
     */
    static byte[] of(String type, byte[] frame, @Nullable Positions cursor) {
        byte[] name = ascii(type);
        int idLength = cursor == null ? 0 : ID.length + cursor.length();
        byte[] text = new byte[EVENT.length + name.length + idLength + DATA.length + frame.length + END.length];
        int at = put(EVENT, text, 0);
        at = put(name, text, at);
        if (cursor != null) {
            at = put(ID, text, at);
            cursor.copyTo(text, at);
            at += cursor.length();
        }
        at = put(DATA, text, at);
        int begin = at;
        at = put(frame, text, at);
        for (int i = begin; i < at; i++) {
            if (text[i] == '\n' || text[i] == '\r') {
                // JSON allows a bare line end only between tokens, where a space means the same
                text[i] = ' ';
            }
        }
        put(END, text, at);
        return text;
    }

    /** How long the client waits before it reconnects, in milliseconds. */
    static byte[] retry(long millis) {
        return ascii("retry: " + millis + "\n\n");
    }

    private static int put(byte[] part, byte[] text, int at) {
        System.arraycopy(part, 0, text, at, part.length);
        return at + part.length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
