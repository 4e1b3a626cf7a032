package dev.dunlin.protocol.http;

import dev.dunlin.protocol.UserId;
import java.util.List;

/**
 * Asks for the presence of 1 to {@link #MOST} users: the body of {@code POST /internal/presence}.
 */
public record UsersQuery(List<UserId> users) {
    public static final int MOST = 100;
}
