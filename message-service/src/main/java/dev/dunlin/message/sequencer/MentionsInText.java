package dev.dunlin.message.sequencer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.UserId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The mentions in {@code data.text}. {@code @}, also in full width, begins one unless it belongs to
 * an address. It does if a character of an id other than {@code _} precedes it, or precedes the
 * {@code _} before it. So text of any other script may precede it without a space.
 *
 * <p>The id is the longest run of {@code [A-Za-z0-9_.@-]} that begins with a letter, a digit or
 * {@code _}, without the punctuation {@code .}, {@code -} and {@code @} at its end. A {@code _} at
 * the end may belong to the id or to Markdown's emphasis, so such a mention has two spellings. The
 * one as written comes first, unless {@code _} precedes the {@code @} too.
 */
final class MentionsInText {
    /** The most ids that are taken from a text: each may cost a read of the store. */
    static final int MOST_IDS = 200;

    private static final int LONGEST_ID = 64;
    private static final char FULL_WIDTH = '\uff20';

    private final String text;
    private final Set<UserId> seen = new LinkedHashSet<>();
    private final Set<List<UserId>> found = new LinkedHashSet<>();

    private MentionsInText(String text) {
        this.text = text;
    }

    /**
     * The mentions in their order; for each the ids that it may mean, the likeliest first. At most
     * {@link #MOST_IDS} different ids in all.
     */
    static List<List<UserId>> of(JsonNode data) {
        JsonNode text = data.path("text");
        return text.isTextual() ? new MentionsInText(text.textValue()).find() : List.of();
    }

    private List<List<UserId>> find() {
        for (int at = next(0); at < text.length() && seen.size() < MOST_IDS; ) {
            int end = runEnd(at + 1);
            if (mayStart(at)) {
                add(spellings(at, end));
            }
            at = next(end);
        }
        return List.copyOf(found);
    }

    private void add(List<UserId> spellings) {
        List<UserId> within = spellings.stream()
                .filter(user -> seen.contains(user) || (seen.size() < MOST_IDS && seen.add(user)))
                .toList();
        if (!within.isEmpty()) {
            found.add(within);
        }
    }

    private int next(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '@' && text.charAt(at) != FULL_WIDTH) {
            at++;
        }
        return at;
    }

    private boolean mayStart(int at) {
        int before = at;
        while (before > 0 && text.charAt(before - 1) == '_') {
            before--;
        }
        return before == 0 || (!ofId(text.charAt(before - 1)) && text.charAt(before - 1) != FULL_WIDTH);
    }

    private int runEnd(int from) {
        int end = from;
        while (end < text.length() && ofId(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private List<UserId> spellings(int at, int runEnd) {
        int from = at + 1;
        int end = runEnd;
        while (end > from && isPunctuation(text.charAt(end - 1))) {
            end--;
        }
        int bare = end;
        while (bare > from && (text.charAt(bare - 1) == '_' || isPunctuation(text.charAt(bare - 1)))) {
            bare--;
        }
        if (end == from || isPunctuation(text.charAt(from))) {
            return List.of();
        }
        List<UserId> spellings = new ArrayList<>(2);
        add(spellings, from, end);
        if (bare > from && bare < end) {
            add(spellings, from, bare);
        }
        boolean emphasised = at > 0 && text.charAt(at - 1) == '_';
        return emphasised ? spellings.reversed() : spellings;
    }

    private void add(List<UserId> spellings, int from, int to) {
        if (to - from <= LONGEST_ID) {
            spellings.add(new UserId(text.substring(from, to)));
        }
    }

    private static boolean isPunctuation(char c) {
        return c == '.' || c == '-' || c == '@';
    }

    private static boolean ofId(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || isPunctuation(c));
    }
}
