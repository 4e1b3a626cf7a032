package dev.dunlin.push.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.time.Instant;

/** When a mute ends. In JSON: milliseconds since 1970, or {@code true} if it never ends. */
public record MutedUntil(Instant end) {
    private static final MutedUntil EVER = new MutedUntil(Instant.MAX);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static MutedUntil of(JsonNode json) {
        if (json.isBoolean() && json.booleanValue()) {
            return EVER;
        }
        if (json.canConvertToLong() && json.isIntegralNumber()) {
            return new MutedUntil(Instant.ofEpochMilli(json.longValue()));
        }
        throw new IllegalArgumentException("must be milliseconds since 1970, or true");
    }

    @JsonValue
    JsonNode json() {
        return end.equals(Instant.MAX) ? BooleanNode.TRUE : LongNode.valueOf(end.toEpochMilli());
    }

    /** Whether it is muted at that time. */
    public boolean covers(Instant now) {
        return now.isBefore(end);
    }
}
