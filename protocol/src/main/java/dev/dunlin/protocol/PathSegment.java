package dev.dunlin.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rule for ids that clients put into paths. URL parsers fold the segments {@code .} and
 * {@code ..} before they send a request (WHATWG URL, section 4.4). With such an id, a request for
 * one resource becomes a request for another. Only new ids must follow the rule: the records of ids
 * accept what is already stored.
 */
public final class PathSegment {
    private static final String RULE = "must not be . or .., which no URL can name";

    private PathSegment() {}

    /**
     * Whether a URL parser folds a path with this segment, before or after decoding it.
     * Percent-encoded dots count, too.
     */
    public static boolean isFolded(String text) {
        String decoded = text.toLowerCase(Locale.ROOT).replace("%2e", ".");
        return Arrays.stream(decoded.split("[/\\\\]", -1))
                .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
    }

    /** Returns {@code id}; throws {@link IllegalArgumentException} if it cannot be a segment. */
    public static <T extends TextValue> T require(T id) {
        if (isFolded(id.value())) {
            throw new IllegalArgumentException(RULE);
        }
        return id;
    }

    /** The same; the message names the field. */
    public static <T extends TextValue> T require(String field, T id) {
        if (isFolded(id.value())) {
            throw new IllegalArgumentException(field + ": " + RULE);
        }
        return id;
    }

    /** The same for each of {@code ids}. */
    public static <T extends TextValue> @Nullable List<T> require(String field, @Nullable List<T> ids) {
        if (ids != null) {
            ids.forEach(id -> require(field, id));
        }
        return ids;
    }
}
