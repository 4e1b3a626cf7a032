package dev.dunlin.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the numbering of a channel. It changes only when a log is lost or rebuilt. Throws
 * {@link IllegalArgumentException} if the text breaks the rule.
 */
public record Epoch(@JsonValue String value) implements TextValue {
    private static final Alphabet ALLOWED = Alphabet.lettersDigitsAnd("_-", 32);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Epoch {
        Check.matching(ALLOWED, "1 to 32 characters of [A-Za-z0-9_-]", value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Epoch that && value.equals(that.value);
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
