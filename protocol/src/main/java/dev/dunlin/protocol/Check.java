package dev.dunlin.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules of fields. Each throws {@link IllegalArgumentException} with a sentence for the person who sent the field. */
public final class Check {
    /** How deep {@code data} may be nested: well within what the suite's parsers take, for it travels inside other JSON. */
    public static final int MAX_DATA_DEPTH = 500;

    private Check() {}

    /** Returns {@code value}; throws if the field was absent. */
    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + ": is required");
        }
        return value;
    }

    /** Returns {@code value}, any JSON; throws if the field was absent or is nested too deep. */
    public static JsonNode data(String field, @Nullable JsonNode value) {
        JsonNode there = required(field, value);
        if (isDeeper(there, MAX_DATA_DEPTH)) {
            throw new IllegalArgumentException(field + ": must be nested at most " + MAX_DATA_DEPTH + " deep");
        }
        return there;
    }

    private static boolean isDeeper(JsonNode node, int levels) {
        if (node.isValueNode()) {
            return false;
        }
        if (levels == 0) {
            return true;
        }
        for (JsonNode child : node) {
            if (isDeeper(child, levels - 1)) {
                return true;
            }
        }
        return false;
    }

    /** Returns {@code value}; throws if it is below {@code least}. */
    public static long atLeast(String field, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException(field + ": must be a whole number of " + least + " or more");
        }
        return value;
    }

    /** Returns an unchangeable copy of {@code values}, null if the field was absent; throws if there are more than {@code most}. */
    public static <T> @Nullable List<T> atMost(String field, int most, @Nullable List<T> values) {
        if (values != null && values.size() > most) {
            throw new IllegalArgumentException(field + ": must be at most " + most);
        }
        return values == null ? null : copied(field, values);
    }

    private static <T> List<T> copied(String field, List<T> values) {
        try {
            return List.copyOf(values);
        } catch (NullPointerException e) {
            throw new IllegalArgumentException(field + ": must not hold null", e);
        }
    }

    static String matching(Alphabet allowed, String rule, @Nullable String value) {
        if (value == null || !allowed.allows(value)) {
            throw new IllegalArgumentException("must be " + rule);
        }
        return value;
    }
}
