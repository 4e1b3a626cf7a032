package dev.dunlin.message.history;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * Who reacted to a message with which emoji, in the order in which reactions are added. Rows of
 * earlier versions may spell one emoji in two ways: a user who has both counts once. One thread.
 */
public final class Reactors {
    private final Map<String, SequencedSet<UserId>> byEmoji = new LinkedHashMap<>();

    /** {@code emoji} as it is stored. */
    public void add(String emoji, UserId user) {
        byEmoji.computeIfAbsent(emoji.replace(Emoji.PRESENTATION, ""), none -> new LinkedHashSet<>())
                .add(user);
    }

    /** By emoji, as a message shows them. */
    public Map<String, List<UserId>> byEmoji() {
        return byEmoji.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> List.copyOf(entry.getValue()),
                        (first, second) -> first,
                        LinkedHashMap::new));
    }
}
