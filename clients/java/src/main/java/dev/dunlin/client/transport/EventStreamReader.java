package dev.dunlin.client.transport;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code text/event-stream} (WHATWG HTML, section 9.2.6) in whatever pieces it comes: a
 * character, a line end or an event may be cut anywhere. An event that the end of the stream cuts
 * is not given out, as the specification wants it. Not thread-safe.
 */
final class EventStreamReader {
    /** An event this long is no frame of ours: the server's limit with room to spare. */
    private static final int MOST_CHARACTERS = 4 * 1024 * 1024;

    /**
     * An event; {@code id} is the last one seen in the stream, with this event or before it, and
     * empty if there was none.
     */
    record Event(String data, String id) {}

    private final Consumer<Event> heard;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer cutCharacter = ByteBuffer.allocate(0);
    private final StringBuilder line = new StringBuilder();
    private boolean afterReturn;
    private boolean begun;
    private @Nullable StringBuilder data;
    private String id = "";

    EventStreamReader(Consumer<Event> heard) {
        this.heard = heard;
    }

    /** Throws {@link NotHere} when a line or an event has no end. */
    void feed(ByteBuffer bytes) {
        ByteBuffer all = ByteBuffer.allocate(cutCharacter.remaining() + bytes.remaining())
                .put(cutCharacter)
                .put(bytes)
                .flip();
        CharBuffer text = CharBuffer.allocate(all.remaining());
        decoder.decode(all, text, false);
        cutCharacter = all.slice();
        text.flip();
        while (text.hasRemaining()) {
            take(text.get());
        }
        if (line.length() + (data == null ? 0 : data.length()) > MOST_CHARACTERS) {
            throw new NotHere("an event without an end");
        }
    }

    // A line ends with \r\n, \n or \r; the \n of a \r\n may come with the next bytes.
    private void take(char next) {
        boolean second = afterReturn && next == '\n';
        afterReturn = next == '\r';
        boolean mark = !begun && next == '\uFEFF';
        begun = true;
        if (second || mark) {
            return;
        }
        if (next == '\n' || next == '\r') {
            String whole = line.toString();
            line.setLength(0);
            onLine(whole);
        } else {
            line.append(next);
        }
    }

    private void onLine(String whole) {
        if (whole.isEmpty()) {
            dispatch();
            return;
        }
        int colon = whole.indexOf(':');
        String field = colon < 0 ? whole : whole.substring(0, colon);
        String value = colon < 0 ? "" : whole.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        if (field.equals("data")) {
            data = data == null ? new StringBuilder(value) : data.append('\n').append(value);
        } else if (field.equals("id") && value.indexOf('\0') < 0) {
            id = value;
        }
        // The type stands in the frame, too; retry is of no use, the reconnect goes by the backoff.
    }

    private void dispatch() {
        StringBuilder whole = data;
        data = null;
        if (whole != null) {
            heard.accept(new Event(whole.toString(), id));
        }
    }
}
