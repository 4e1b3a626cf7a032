package dev.dunlin.message.search;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a message is found by: all strings in its data, the names of fields not among them. What no
 * store can hold as text (control characters, half surrogate pairs) is a space.
 */
public final class SearchText {
    private static final int MOST_CHARACTERS = 65_536;

    private SearchText() {}

    /**
     * The strings with one space between them, at most {@link #MOST_CHARACTERS} characters in all.
     */
    public static String of(JsonNode data) {
        StringBuilder text = new StringBuilder();
        collect(data, text);
        return text.toString();
    }

    private static void collect(JsonNode node, StringBuilder into) {
        if (node.isTextual()) {
            append(node.textValue(), into);
        } else {
            node.forEach(child -> collect(child, into));
        }
    }

    private static void append(String text, StringBuilder into) {
        if (into.length() >= MOST_CHARACTERS) {
            return;
        }
        if (!into.isEmpty()) {
            into.append(' ');
        }
        text.codePoints()
                .limit(Math.max(0, MOST_CHARACTERS - into.length()))
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? ' ' : c)
                .forEach(into::appendCodePoint);
    }
}
