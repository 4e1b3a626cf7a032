package dev.dunlin.client.rest;

import dev.dunlin.protocol.frame.ChannelUser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of who is in a channel whose namespace shows subscribers.
 *
 * @param online how many users are there
 * @param users in the order of their ids
 * @param next the cursor of the next page; absent at the end
 */
public record ChannelUsers(
        long online, List<ChannelUser> users, @Nullable String next) {}
