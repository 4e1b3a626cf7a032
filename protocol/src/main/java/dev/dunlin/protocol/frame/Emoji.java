package dev.dunlin.protocol.frame;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.dunlin.protocol.TextValue;

/**
 * A reaction: any text of 1 to 32 characters without white space or control characters, so that custom names work too. The variation selector U+FE0F is left out, since keyboards write the same
 * emoji with and without it.
 */
public record Emoji(@JsonValue String value) implements TextValue {
    /** It asks for the coloured shape of the character before it, and means nothing else (Unicode Technical Standard 51, 2.3). */
    public static final String PRESENTATION = "\uFE0F";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Emoji {
        value = value.replace(PRESENTATION, "");
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
