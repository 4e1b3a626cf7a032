package dev.dunlin.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The id that a client gives to a message, so that a repeated publish is not stored twice. One to
 * 64 visible ASCII characters. Throws {@link IllegalArgumentException} if the text breaks the rule.
 */
public record ClientMessageId(@JsonValue String value) implements TextValue {
    private static final Alphabet ALLOWED = Alphabet.range('!', '~', 64);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ClientMessageId {
        Check.matching(ALLOWED, "1 to 64 visible ASCII characters", value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientMessageId that && value.equals(that.value);
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
