package dev.dunlin.protocol.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.UserId;
import java.util.List;

/** The answers to a {@link TextQuery}, in its order. */
public record TextList(List<Text> texts) {
    /**
     * The current content of a message.
     *
     * @param data JSON null if nobody may read it: it was deleted or has expired, or its channel or
     *     epoch is gone
     * @param readers the users of the query who are members of the channel and do not block the
     *     sender
     */
    public record Text(JsonNode data, List<UserId> readers) {}
}
