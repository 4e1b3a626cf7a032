package dev.dunlin.presence.channel;

import dev.dunlin.protocol.frame.UserPresence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who of a channel's members is there: the answer of {@code GET /v1/channels/{c}/presence}.
 *
 * @param online  how many members are online or away
 * @param users   the first of them, by membership, up to a bound
 * @param partial true if the channel has more members than were looked at, else absent
 */
public record ChannelPresence(
        int online, List<UserPresence> users, @Nullable Boolean partial) {}
