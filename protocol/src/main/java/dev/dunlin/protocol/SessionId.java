package dev.dunlin.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The id of a session, which a client can resume. Throws {@link IllegalArgumentException} if the
 * text breaks the rule.
 */
public record SessionId(@JsonValue String value) implements TextValue {
    private static final Alphabet ALLOWED = Alphabet.lettersDigitsAnd("_-", 64);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SessionId {
        Check.matching(ALLOWED, "1 to 64 characters of [A-Za-z0-9_-]", value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionId that && value.equals(that.value);
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
