package dev.dunlin.protocol.frame;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses the text of one transport message: a frame, or an array of frames. Thread-safe, does not
 * block.
 */
public final class FrameReader {
    private FrameReader() {}

    /** A frame that a client sent, or the reason why it is invalid. */
    public sealed interface Incoming {
        record Valid(ClientFrame frame) implements Incoming {}

        /** {@code ref} is null if the frame had none that can be repeated. */
        record Invalid(@Nullable Ref ref, ErrorCode code, String message) implements Incoming {}
    }

    /**
     * Parses the frames that a client sent. Never throws: an invalid frame becomes an
     * {@link Incoming.Invalid}.
     */
    public static List<Incoming> readClientFrames(byte[] utf8) {
        JsonNode node;
        try {
            node = Json.parse(utf8);
        } catch (InvalidInput e) {
            return List.of(new Incoming.Invalid(null, e.code(), String.valueOf(e.getMessage())));
        }
        if (!node.isArray()) {
            return List.of(readClientFrame(node));
        }
        List<Incoming> frames = new ArrayList<>(node.size());
        node.forEach(element -> frames.add(readClientFrame(element)));
        return frames;
    }

    private static Incoming readClientFrame(JsonNode node) {
        Ref ref = findRef(node);
        if (!node.isObject()) {
            return new Incoming.Invalid(null, ErrorCode.BAD_REQUEST, "a frame must be a JSON object");
        }
        if (!node.path("type").isTextual()) {
            return new Incoming.Invalid(ref, ErrorCode.BAD_REQUEST, "type: is required and must be a string");
        }
        try {
            return new Incoming.Valid(Json.read(node, ClientFrame.class));
        } catch (InvalidInput e) {
            return new Incoming.Invalid(ref, e.code(), String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Ref findRef(JsonNode node) {
        JsonNode ref = node.path("ref");
        try {
            return ref.isMissingNode() ? null : new Ref(ref);
        } catch (IllegalArgumentException notARef) {
            return null;
        }
    }

    /**
     * Parses the frames that a server sent. Throws {@link InvalidInput} for an invalid one; skips
     * frames of unknown types.
     */
    public static List<ServerFrame> readServerFrames(byte[] utf8) throws InvalidInput {
        JsonNode node = Json.parse(utf8);
        List<ServerFrame> frames = new ArrayList<>();
        for (JsonNode element : node.isArray() ? node : List.of(node)) {
            try {
                frames.add(Json.read(element, ServerFrame.class));
            } catch (InvalidInput e) {
                if (e.code() != ErrorCode.UNKNOWN_TYPE) {
                    throw e;
                }
            }
        }
        return frames;
    }
}
