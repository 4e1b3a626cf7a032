package dev.dunlin.push.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.push.decision.Reason;

/** What a user may read of a message now. */
public sealed interface Content {
    /** Its current data. */
    record Text(JsonNode data) implements Content {}

    /** Nothing: {@code DELETED}, {@code NO_ACCESS} or {@code BLOCKED}. */
    record Unreadable(Reason reason) implements Content {}
}
