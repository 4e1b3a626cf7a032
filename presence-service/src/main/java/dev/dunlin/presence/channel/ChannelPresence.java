package dev.dunlin.presence.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a channel: the answer of {@code GET /v1/channels/{c}/presence}. Either the members who
 * are online, or a page of the subscribers.
 *
 * @param online how many users are there
 * @param users the first of the members in the order of membership, up to
 *     {@code dunlin.presence.listed-users}; or the subscribers of the page in the order of ids
 * @param partial true if the channel has more members than were considered, or members whose status
 *     is not known now; otherwise absent
 * @param next the cursor of the next page; absent at the end
 */
public record ChannelPresence(
        int online,
        List<PresentUser> users,
        @Nullable Boolean partial,
        @Nullable String next) {}
