package dev.dunlin.client.transport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server sent. What a later version may have added, and what cannot be read, is left
 * out.
 */
final class Frames {
    private static final System.Logger LOG = System.getLogger(Frames.class.getName());

    private Frames() {}

    /**
     * The frames of a text, one or an array of them; throws {@link InvalidInput} if it is not JSON.
     */
    static List<ServerFrame> in(String text) throws InvalidInput {
        return in(Json.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The frames of a value, one or an array of them. */
    static List<ServerFrame> in(JsonNode node) {
        List<ServerFrame> frames = new ArrayList<>();
        for (JsonNode element : node.isArray() ? node : List.of(node)) {
            try {
                frames.add(Json.read(element, ServerFrame.class));
            } catch (InvalidInput e) {
                LOG.log(Level.DEBUG, "left out what the server sent: {0}", e.getMessage());
            }
        }
        return frames;
    }

    /** The reply for a ref; one that the server gave, by a place of its own, is replaced. */
    static ServerFrame.Reply as(@Nullable Ref ref, ServerFrame.Reply reply) {
        if (reply instanceof ServerFrame.Subscribed r) {
            return new ServerFrame.Subscribed(ref, r.channel(), r.epoch(), r.head(), r.from(), r.recovered());
        }
        if (reply instanceof ServerFrame.Unsubscribed r) {
            return new ServerFrame.Unsubscribed(ref, r.channel());
        }
        if (reply instanceof ServerFrame.Ack r) {
            return new ServerFrame.Ack(ref, r.channel(), r.id(), r.seq(), r.ts());
        }
        if (reply instanceof ServerFrame.Authenticated r) {
            return new ServerFrame.Authenticated(ref, r.expiresAt());
        }
        if (reply instanceof ServerFrame.PresenceState r) {
            return new ServerFrame.PresenceState(ref, r.users());
        }
        if (reply instanceof ServerFrame.ErrorReply r) {
            return new ServerFrame.ErrorReply(ref, r.code(), r.message(), r.retryable(), r.retryAfterMs());
        }
        return new ServerFrame.Pong(ref);
    }
}
