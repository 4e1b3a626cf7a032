package dev.dunlin.message.sequencer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message mentions: those that its sender names, then those in {@code data.text}, as
 * {@link MentionsInText} finds them. In a channel of members only members count.
 */
final class Mentions {
    private Mentions() {}

    /**
     * Everybody whose membership decides whom the message mentions: a bounded number, however long
     * the text is.
     */
    static Set<UserId> candidates(@Nullable List<UserId> named, JsonNode data) {
        Set<UserId> candidates = new LinkedHashSet<>(named == null ? List.of() : named);
        MentionsInText.of(data).forEach(candidates::addAll);
        return candidates;
    }

    /**
     * The mentions of a message, null if there are none; a function of the command and of the
     * members alone.
     */
    static @Nullable List<UserId> of(Turn turn, @Nullable List<UserId> named, JsonNode data) {
        Stream<List<UserId>> each = Stream.concat(
                (named == null ? List.<UserId>of() : named).stream().map(List::of), MentionsInText.of(data).stream());
        List<UserId> mentions = each.flatMap(spellings -> spellings.stream()
                        .filter(user -> turn.policy().open() || turn.isMember(user))
                        .limit(1))
                .distinct()
                .limit(ClientFrame.MAX_MENTIONS)
                .toList();
        return mentions.isEmpty() ? null : mentions;
    }
}
