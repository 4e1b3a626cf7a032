package dev.dunlin.protocol.http;

import dev.dunlin.protocol.UserId;
import java.util.List;

/**
 * Users who share a direct channel with a user: the answer of {@code GET
 * /internal/users/{user}/contacts}.
 *
 * @param more whether the user has others
 */
public record ContactList(List<UserId> users, boolean more) {
    /** The most users of an answer. */
    public static final int MOST = 1_000;
}
