package dev.dunlin.message.sequencer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What search finds a message by: all strings in its data, the names of fields not among them. What no store can hold as text (control characters, half surrogate pairs) is a space. */
final class Words {
    private static final int MOST_CHARACTERS = 65_536;

    private Words() {}

    /** In lower case, since a store may know that of ASCII only; one space between the strings, at most {@link #MOST_CHARACTERS} in all; null if there is nothing, or the namespace is not searched. */
    static @Nullable String of(Turn turn, JsonNode data) {
        if (!turn.policy().search()) {
            return null;
        }
        StringBuilder words = new StringBuilder();
        collect(data, words);
        return words.isEmpty() ? null : words.toString().toLowerCase(Locale.ROOT);
    }

    private static void collect(JsonNode node, StringBuilder into) {
        if (node.isTextual()) {
            append(node.textValue(), into);
        } else {
            node.forEach(child -> collect(child, into));
        }
    }

    private static void append(String text, StringBuilder into) {
        if (!into.isEmpty()) {
            into.append(' ');
        }
        text.codePoints()
                .limit(Math.max(0, MOST_CHARACTERS - into.length()))
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? ' ' : c)
                .forEach(into::appendCodePoint);
    }
}
