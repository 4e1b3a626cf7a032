package dev.dunlin.protocol.bus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ChannelUser;
import org.jspecify.annotations.Nullable;

/**
 * A user who is in a channel with links of one node: a value of {@link RedisKeys#channelPart}.
 *
 * @param since when the user came, in milliseconds since 1970
 * @param at when {@code data} was set, in milliseconds since 1970; 0 if never
 * @param data of the newest {@code enter} or {@code update}
 * @param lastAt when the last signal was sent, in milliseconds since 1970; 0 if none is kept
 * @param last its data
 */
public record PartUser(
        UserId user,
        long since,
        long at,
        @Nullable JsonNode data,
        long lastAt,
        @Nullable JsonNode last) {
    /**
     * The user of two nodes: the first arrival, the newest data, and the newest signal. The result
     * does not depend on the order.
     */
    public PartUser with(PartUser other) {
        boolean newer = isNewer(other.at, other.data, at, data);
        boolean later = isNewer(other.lastAt, other.last, lastAt, last);
        return new PartUser(
                user,
                Math.min(since, other.since),
                newer ? other.at : at,
                newer ? other.data : data,
                later ? other.lastAt : lastAt,
                later ? other.last : last);
    }

    private static boolean isNewer(long at, @Nullable JsonNode data, long than, @Nullable JsonNode its) {
        return at > than || (at == than && String.valueOf(data).compareTo(String.valueOf(its)) > 0);
    }

    /** What clients see. */
    public ChannelUser shown() {
        return new ChannelUser(user, since, data);
    }
}
