package dev.dunlin.message.rest;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Query parameters that are numbers or cursors. What is wrong with one is a {@code bad_request}
 * that names it.
 */
final class Query {
    private Query() {}

    /** A seq, 0 or more; empty if the parameter is absent. */
    static Optional<Long> seq(String name, @Nullable String text) {
        return Optional.ofNullable(text).map(given -> number(name, given, 0));
    }

    /** How many to list: at least 1; what is above {@code most} is cut to it. */
    static int limit(@Nullable String text, int usual, int most) {
        return text == null ? usual : (int) Math.min(number("limit", text, 1), most);
    }

    /** Whether a parameter is {@code true}; absent is false. */
    static boolean flag(String name, @Nullable String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw new RefusedException(ErrorCode.BAD_REQUEST, name + ": must be true or false");
    }

    /** What an opaque cursor holds; empty if there is none. */
    static Optional<String> cursor(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .map(given -> new String(Base64.getUrlDecoder().decode(given), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw badCursor();
        }
    }

    /** The user that a cursor holds; null if there is none. */
    static @Nullable UserId user(@Nullable String text) {
        try {
            return cursor(text).map(UserId::new).orElse(null);
        } catch (IllegalArgumentException e) {
            throw badCursor();
        }
    }

    static String toCursor(String held) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(held.getBytes(StandardCharsets.UTF_8));
    }

    static RefusedException badCursor() {
        return new RefusedException(ErrorCode.BAD_REQUEST, "cursor: must be the next of a page");
    }

    private static long number(String name, String text, long least) {
        try {
            long value = Long.parseLong(text);
            if (value >= least) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new RefusedException(ErrorCode.BAD_REQUEST, name + ": must be a whole number of " + least + " or more");
    }
}
