package dev.dunlin.push.decision;

import com.fasterxml.jackson.databind.JsonNode;

/** What a user may read of a message now. */
public sealed interface Content {
    /** Its current data. */
    record Text(JsonNode data) implements Content {}

    /** Nothing: {@code DELETED}, {@code NO_ACCESS} or {@code BLOCKED}. */
    record Unreadable(Reason reason) implements Content {}
}
