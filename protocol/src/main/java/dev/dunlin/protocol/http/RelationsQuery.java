package dev.dunlin.protocol.http;

import dev.dunlin.protocol.UserId;
import java.util.List;

/**
 * Asks how 1 to {@link #MOST} users are related to one: the body of {@code POST
 * /internal/relations}.
 */
public record RelationsQuery(UserId viewer, List<UserId> users) {
    public static final int MOST = 100;
}
