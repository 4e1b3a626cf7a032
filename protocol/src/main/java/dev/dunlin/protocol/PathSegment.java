package dev.dunlin.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rule for ids that clients put into paths. Every URL parser folds the segments {@code .} and {@code ..} before the request leaves (WHATWG URL, 4.4), so that such an id would
 * make a request for one thing a request for another. Whatever is written under a new id keeps this rule; the records of ids do not, for what was stored before stays readable.
 */
public final class PathSegment {
    private static final String RULE = "must not be . or .., which no URL can name";

    private PathSegment() {}

    /** Whether a path with that text as a segment is folded, percent-encoded dots included, or would be after the segment was decoded. */
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

    /** The same, and the message names the field. */
    public static <T extends TextValue> T require(String field, T id) {
        if (isFolded(id.value())) {
            throw new IllegalArgumentException(field + ": " + RULE);
        }
        return id;
    }

    /** The same of each of {@code ids}. */
    public static <T extends TextValue> @Nullable List<T> require(String field, @Nullable List<T> ids) {
        if (ids != null) {
            ids.forEach(id -> require(field, id));
        }
        return ids;
    }
}
