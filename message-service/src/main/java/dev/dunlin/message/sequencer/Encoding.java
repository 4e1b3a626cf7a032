package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.Json;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The one place where frames are encoded. */
final class Encoding {
    private Encoding() {}

    /** A frame of parts that were checked with {@link #find}. */
    static byte[] frame(Object frame) {
        return Json.write(frame);
    }

    /** The value in UTF-8; empty if it cannot be encoded, as half of a surrogate pair cannot where the writer does not escape it. */
    static Optional<byte[]> find(Object value) {
        try {
            return Optional.of(Json.write(value));
        } catch (UncheckedIOException notUnicode) {
            return Optional.empty();
        }
    }

    /** Whether the text has no half of a surrogate pair: a store keeps such a half as something else, or not at all. */
    static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
