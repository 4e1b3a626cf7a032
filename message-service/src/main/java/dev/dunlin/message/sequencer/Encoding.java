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

    /** The value in UTF-8; empty if it holds text that is no Unicode (half of a surrogate pair), which can be escaped in JSON but not encoded. */
    static Optional<byte[]> find(Object value) {
        try {
            return Optional.of(Json.write(value));
        } catch (UncheckedIOException notUnicode) {
            return Optional.empty();
        }
    }
}
