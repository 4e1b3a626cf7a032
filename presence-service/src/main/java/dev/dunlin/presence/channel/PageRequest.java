package dev.dunlin.presence.channel;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Which page of users is requested, in the order of ids.
 *
 * @param after the last user of the page before; absent for the first page
 */
public record PageRequest(int limit, @Nullable UserId after) {
    public static final int USUAL = 200;
    public static final int MOST = 1_000;

    /** As a query has it. Throws {@link RefusedException} that names the parameter. */
    public static PageRequest of(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(limit == null ? USUAL : limit(limit), cursor == null ? null : after(cursor));
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        }
        throw new RefusedException(ErrorCode.BAD_REQUEST, "limit: must be 1 to " + MOST);
    }

    private static UserId after(String cursor) {
        try {
            return new UserId(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "cursor: is not one that this service returned");
        }
    }

    /** The cursor of the page after this user. */
    static String cursorAfter(UserId user) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(user.value().getBytes(StandardCharsets.US_ASCII));
    }
}
