package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.Json;

/** The one place where frames are encoded. */
final class Encoding {
    private Encoding() {}

    /** A frame, or data, of parts that were checked: it can be written as UTF-8. */
    static byte[] frame(Object frame) {
        return Json.write(frame);
    }
}
