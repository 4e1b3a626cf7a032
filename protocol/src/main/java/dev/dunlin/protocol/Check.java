package dev.dunlin.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rules of fields. Each method throws {@link IllegalArgumentException} with a message for the
 * sender of the field.
 */
public final class Check {
    /**
     * The maximum nesting of {@code data}. It is far below the limits of the suite's parsers,
     * because {@code data} is sent inside other JSON.
     */
    public static final int MAX_DATA_DEPTH = 500;

    /**
     * The largest exponent of a number, positive or negative. Beyond it many parsers fail, and some
     * use up their memory.
     */
    public static final int MAX_EXPONENT = 400;

    private static final String NOT_UNICODE = "must not hold half of a surrogate pair: it is not Unicode text";

    static final String EXPONENT_RULE = "a number's exponent must be from -" + MAX_EXPONENT + " to " + MAX_EXPONENT;

    private Check() {}

    /** Returns {@code value}; throws if the field was absent. */
    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + ": is required");
        }
        return value;
    }

    /**
     * Returns {@code value}, any JSON. Throws if the field is absent, is nested too deep, or has
     * text or numbers that other parsers cannot read.
     */
    public static JsonNode data(String field, @Nullable JsonNode value) {
        JsonNode there = required(field, value);
        if (isDeeper(there, MAX_DATA_DEPTH)) {
            throw new IllegalArgumentException(field + ": must be nested at most " + MAX_DATA_DEPTH + " deep");
        }
        findFault(there).ifPresent(fault -> {
            throw new IllegalArgumentException(field + ": " + fault);
        });
        return there;
    }

    /**
     * Returns {@code value} like {@link #data}; throws, too, if it has more than {@code most} bytes
     * as JSON in UTF-8.
     */
    public static JsonNode atMostBytes(String field, int most, @Nullable JsonNode value) {
        JsonNode there = data(field, value);
        if (Json.write(there).length > most) {
            throw new IllegalArgumentException(field + ": must be at most " + most + " bytes of JSON");
        }
        return there;
    }

    /**
     * Finds text or a number anywhere in {@code node} that other parsers cannot read. Returns a
     * sentence for its sender. The nesting must already be bounded.
     */
    public static Optional<String> findFault(JsonNode node) {
        if (node.isTextual()) {
            return isUnicode(node.textValue()) ? Optional.empty() : Optional.of(NOT_UNICODE);
        }
        if (node.isBigDecimal()) {
            return isWithin(node.decimalValue()) ? Optional.empty() : Optional.of(EXPONENT_RULE);
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (!isUnicode(field.getKey())) {
                    return Optional.of(NOT_UNICODE);
                }
            }
        }
        for (JsonNode child : node) {
            Optional<String> fault = findFault(child);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    /** Whether the text has no unpaired surrogate, which UTF-8 cannot encode. */
    public static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
            }
        }
        return true;
    }

    private static boolean isWithin(BigDecimal number) {
        return Math.abs((long) number.precision() - number.scale() - 1) <= MAX_EXPONENT;
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

    /**
     * Returns an immutable copy of {@code values}, or null if the field was absent. Throws if there
     * are more than {@code most}.
     */
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
