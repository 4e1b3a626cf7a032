package dev.dunlin.presence.shard;

import dev.dunlin.protocol.UserId;
import java.util.Map;
import java.util.Set;

/**
 * What is stored of the users of a batch.
 *
 * @param users those who are not offline
 * @param chosen what users chose, of those who did
 * @param seen when users were last seen, in milliseconds since 1970
 * @param erased the users whose erasure is remembered
 */
public record Loaded(
        Map<UserId, UserEntry> users, Map<UserId, Chosen> chosen, Map<UserId, Long> seen, Set<UserId> erased) {
    /** Nothing is known of anybody. */
    public static final Loaded NOTHING = new Loaded(Map.of(), Map.of(), Map.of(), Set.of());
}
