package dev.dunlin.protocol.frame;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A user who is in a channel now.
 *
 * @param since when the user came, in milliseconds since 1970
 * @param data what the user said last with {@code enter} or {@code update}
 */
public record ChannelUser(UserId user, long since, @Nullable JsonNode data) {}
