package dev.dunlin.push.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.time.Instant;

/** How long a channel is muted. In JSON: milliseconds since 1970, or {@code true} for ever. */
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
        throw new IllegalArgumentException("must be milliseconds since 1970, or true for ever");
    }

    @JsonValue
    JsonNode json() {
        return end.equals(Instant.MAX) ? BooleanNode.TRUE : LongNode.valueOf(end.toEpochMilli());
    }

    boolean covers(Instant now) {
        return now.isBefore(end);
    }
}
