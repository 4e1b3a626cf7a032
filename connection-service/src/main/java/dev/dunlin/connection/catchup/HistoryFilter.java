package dev.dunlin.connection.catchup;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.Hidden;
import dev.dunlin.protocol.frame.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Hides the history before a subscriber joined, in a namespace that asks for it. Immutable. */
public final class HistoryFilter {
    /** Hides nothing. */
    public static final HistoryFilter NONE = new HistoryFilter(1);

    /** The type comes first in every frame that this suite writes. */
    private static final List<byte[]> CHANGES = List.of(bytes("edited"), bytes("reacted"), bytes("deleted"));

    private final long from;

    private HistoryFilter(long from) {
        this.from = from;
    }

    /** Shows everything from seq {@code from} on, but hides changes of messages before it. */
    public static HistoryFilter before(long from) {
        return from > 1 ? new HistoryFilter(from) : NONE;
    }

    /** Whether everything after a position may be seen. */
    public boolean showsAllAfter(long position) {
        return position >= from - 1;
    }

    /** The frame for this subscriber: nearly always the same bytes as for all others. */
    public byte[] show(byte[] frame) {
        return from > 1 && CHANGES.stream().anyMatch(type -> startsWith(frame, type)) ? hidden(frame) : frame;
    }

    private byte[] hidden(byte[] frame) {
        try {
            ServerFrame.LogEvent event = Json.read(frame, ServerFrame.LogEvent.class);
            ServerFrame.LogEvent shown = Hidden.from(from, event);
            return shown == event ? frame : Json.write(shown);
        } catch (InvalidInput e) {
            throw new IllegalStateException("a frame of this suite cannot be read", e);
        }
    }

    private static boolean startsWith(byte[] frame, byte[] start) {
        return frame.length > start.length && Arrays.equals(frame, 0, start.length, start, 0, start.length);
    }

    private static byte[] bytes(String type) {
        return ("{\"type\":\"" + type + "\"").getBytes(StandardCharsets.UTF_8);
    }
}
