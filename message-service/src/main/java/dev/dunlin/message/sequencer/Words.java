package dev.dunlin.message.sequencer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.message.search.SearchText;
import org.jspecify.annotations.Nullable;

/** What search finds a message by. */
final class Words {
    private Words() {}

    /** The text of the data; null if there is none, or the namespace has no search. */
    static @Nullable String of(Turn turn, JsonNode data) {
        if (!turn.policy().search()) {
            return null;
        }
        String text = SearchText.of(data);
        return text.isEmpty() ? null : text;
    }
}
