package dev.dunlin.client.rest;

import dev.dunlin.protocol.frame.UserPresence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who of a channel is online.
 *
 * @param online how many are
 * @param users at most 200 of them
 * @param partial true if the channel has more members than were counted
 */
public record ChannelPresence(
        long online, List<UserPresence> users, @Nullable Boolean partial) {}
