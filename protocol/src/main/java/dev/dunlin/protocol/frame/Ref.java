package dev.dunlin.protocol.frame;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.Check;
import org.jspecify.annotations.Nullable;

/**
 * The reference that a client puts on a frame that needs a reply: a number, or a string of at most
 * 64 characters. The reply repeats it.
 */
public record Ref(@JsonValue JsonNode value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Ref {
        if (!(value.isNumber() || value.isTextual()) || value.asText().length() > 64) {
            throw new IllegalArgumentException("must be a number or a string of at most 64 characters");
        }
        if (value.isNumber()) {
            Check.findFault(value).ifPresent(fault -> {
                throw new IllegalArgumentException(fault);
            });
        }
        if (value.isInt()) {
            value = LongNode.valueOf(value.longValue()); // so that equal numbers are equal refs
        }
    }

    public static Ref of(long number) {
        return new Ref(LongNode.valueOf(number));
    }

    public static Ref of(String text) {
        return new Ref(TextNode.valueOf(text));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ref that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
