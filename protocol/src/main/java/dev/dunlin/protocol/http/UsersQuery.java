package dev.dunlin.protocol.http;

import dev.dunlin.protocol.UserId;
import java.util.List;

/** Whose presence is asked: the body of {@code POST /internal/presence}, 1 to {@link #MOST} users. */
public record UsersQuery(List<UserId> users) {
    public static final int MOST = 100;
}
