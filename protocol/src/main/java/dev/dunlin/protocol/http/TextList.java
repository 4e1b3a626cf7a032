package dev.dunlin.protocol.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.UserId;
import java.util.List;

/** The answers to a {@link TextQuery}, in its order. */
public record TextList(List<Text> texts) {
    /**
     * What a message says now.
     *
     * @param data    JSON null if nobody may read it: it was deleted or expired, or its channel or
     *                epoch is gone
     * @param readers those of the users that were asked for who are members of its channel and do not block its sender
     */
    public record Text(JsonNode data, List<UserId> readers) {}
}
