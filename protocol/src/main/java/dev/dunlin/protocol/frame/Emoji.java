package dev.dunlin.protocol.frame;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.dunlin.protocol.TextValue;

/** A reaction: any text of 1 to 32 characters without white space or control characters, so that custom names work too. */
public record Emoji(@JsonValue String value) implements TextValue {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Emoji {
        if (value.isEmpty()
                || value.length() > 32
                || value.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw new IllegalArgumentException("must be 1 to 32 characters without white space");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
