package dev.dunlin.protocol.http;

import dev.dunlin.protocol.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the presence of 1 to {@link #MOST} users, as it is of up to {@link #MOST_AS_IT_IS}: the
 * body of {@code POST /internal/presence}.
 *
 * @param viewer who wants to see it: whoever that one may not see is offline, and hidden
 * @param shown true: as others see it, whom it may be shown to is not checked. Without this and a
 *     viewer: as it is, also of users who are invisible
 * @param fresh true: what the viewer may see was changed just now
 */
public record UsersQuery(
        List<UserId> users,
        @Nullable UserId viewer,
        @Nullable Boolean shown,
        @Nullable Boolean fresh) {
    public static final int MOST = 100;

    /** Where it does not depend on who sees it. */
    public static final int MOST_AS_IT_IS = 5_000;

    /** As it is. */
    public UsersQuery(List<UserId> users) {
        this(users, null, null, null);
    }

    /** Whether this asks for presence as it is, and not as others see it. */
    public boolean asItIs() {
        return viewer == null && !Boolean.TRUE.equals(shown);
    }
}
