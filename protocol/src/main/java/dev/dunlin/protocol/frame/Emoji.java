package dev.dunlin.protocol.frame;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.dunlin.protocol.TextValue;
import org.jspecify.annotations.Nullable;

/**
 * A reaction: 1 to 32 characters without white space or control characters, so that custom names
 * work, too. The variation selector U+FE0F is removed: keyboards write the same emoji with and
 * without it.
 */
public record Emoji(@JsonValue String value) implements TextValue {
    /**
     * Selects the coloured form of the character before it, and nothing else (Unicode Technical
     * Standard 51, section 2.3).
     */
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
    public boolean equals(@Nullable Object other) {
        return other instanceof Emoji that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
