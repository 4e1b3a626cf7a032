package dev.dunlin.presence.channel;

import dev.dunlin.protocol.frame.UserPresence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which members of a channel are online: the answer of {@code GET /v1/channels/{c}/presence}.
 *
 * @param online how many members are online or away
 * @param users the first of them in the order of membership, up to
 *     {@code dunlin.presence.listed-users}
 * @param partial true if the channel has more members than were considered, or members whose status
 *     is not known now; otherwise absent
 */
public record ChannelPresence(
        int online, List<UserPresence> users, @Nullable Boolean partial) {}
