package dev.dunlin.protocol.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers of {@code POST /internal/memberships} to a {@link UsersQuery}, in its order. Null for
 * a user with more than {@link #MOST_CHANNELS} channels, who must be asked for alone.
 */
public record MembershipsOfMany(List<@Nullable MembershipList> answers) {
    public static final int MOST_CHANNELS = 100;
}
