package dev.dunlin.push.delivery;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shortens text that becomes a JSON string of limited size. */
public final class JsonText {
    private static final String ELLIPSIS = "…";
    private static final int ELLIPSIS_BYTES = 3;

    /**
     * An extended grapheme cluster: what a reader takes for one character. Unlike a
     * {@code BreakIterator} it needs no locale data, which a native image may lack.
     */
    private static final Pattern CHARACTER = Pattern.compile("\\X");

    private JsonText() {}

    /**
     * The text, if it takes at most {@code bytes} bytes in JSON. Otherwise its beginning up to a
     * whole character as readers see it, and {@code …}, together within {@code bytes}.
     *
     * @param bytes at least 3
     */
    public static String cut(String text, int bytes) {
        if (bytes(text, bytes) <= bytes) {
            return text;
        }
        int room = bytes - ELLIPSIS_BYTES;
        int end = 0;
        Matcher characters = CHARACTER.matcher(text);
        while (characters.find()) {
            room -= bytes(characters.group(), room);
            if (room < 0) {
                break;
            }
            end = characters.end();
        }
        return text.substring(0, end) + ELLIPSIS;
    }

    /**
     * The UTF-8 bytes in a JSON string (RFC 8259 section 7), without quotes; more than
     * {@code enough} if there are more, then perhaps not all are counted.
     */
    static int bytes(String text, int enough) {
        int bytes = 0;
        for (int i = 0; i < text.length() && bytes <= enough; i++) {
            bytes += bytes(text.charAt(i));
        }
        return bytes;
    }

    private static int bytes(char c) {
        return switch (c) {
            case '"', '\\', '\b', '\t', '\n', '\f', '\r' -> 2;
            default -> {
                if (c < ' ') {
                    yield 6; // \\u001f
                }
                yield c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3; // a pair is 4
            }
        };
    }
}
