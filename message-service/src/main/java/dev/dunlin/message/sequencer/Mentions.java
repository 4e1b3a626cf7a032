package dev.dunlin.message.sequencer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message mentions: those that its sender names, then those in {@code data.text}. There {@code @} begins a mention where no letter, digit or other character of
 * a user's id stands before it; the id is the longest run of such characters after it that begins with a letter, a digit or {@code _}, without the dots, hyphens and {@code @} at its end:
 * they are punctuation. So {@code @bob.} and {@code (@bob)} mention bob, and {@code bob@example.com} mentions nobody. In a channel of members only members count.
 */
final class Mentions {
    private static final int LONGEST_ID = 64;

    private Mentions() {}

    /** Everybody whose membership decides whom the message mentions: at most {@link ClientFrame#MAX_MENTIONS} of each kind. */
    static Set<UserId> candidates(@Nullable List<UserId> named, JsonNode data) {
        Set<UserId> candidates = new LinkedHashSet<>(named == null ? List.of() : named);
        candidates.addAll(inText(data.path("text")));
        return candidates;
    }

    /** The mentions of a message, null if there are none; a function of the command and of the members alone. */
    static @Nullable List<UserId> of(Turn turn, @Nullable List<UserId> named, JsonNode data) {
        List<UserId> mentions = candidates(named, data).stream()
                .filter(user -> turn.policy().open() || turn.isMember(user))
                .limit(ClientFrame.MAX_MENTIONS)
                .toList();
        return mentions.isEmpty() ? null : mentions;
    }

    private static List<UserId> inText(JsonNode node) {
        if (!node.isTextual()) {
            return List.of();
        }
        String text = node.textValue();
        Set<UserId> found = new LinkedHashSet<>();
        for (int at = text.indexOf('@'); at >= 0 && found.size() < ClientFrame.MAX_MENTIONS; ) {
            int end = runEnd(text, at + 1);
            if (mayStart(text, at)) {
                int length = idLength(text, at + 1, end);
                if (length > 0) {
                    found.add(new UserId(text.substring(at + 1, at + 1 + length)));
                }
            }
            at = text.indexOf('@', end);
        }
        return new ArrayList<>(found);
    }

    private static boolean mayStart(String text, int at) {
        if (at == 0) {
            return true;
        }
        int before = text.codePointBefore(at);
        return !Character.isLetterOrDigit(before) && !ofId(before);
    }

    private static int runEnd(String text, int from) {
        int end = from;
        while (end < text.length() && ofId(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The length of the id in a run, 0 if it holds none. */
    private static int idLength(String text, int from, int runEnd) {
        int end = runEnd;
        while (end > from && isPunctuation(text.charAt(end - 1))) {
            end--;
        }
        boolean begins = end > from && !isPunctuation(text.charAt(from));
        return begins && end - from <= LONGEST_ID ? end - from : 0;
    }

    private static boolean isPunctuation(int c) {
        return c == '.' || c == '-' || c == '@';
    }

    private static boolean ofId(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || isPunctuation(c));
    }
}
