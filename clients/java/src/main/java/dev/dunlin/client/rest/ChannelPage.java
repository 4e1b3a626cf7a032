package dev.dunlin.client.rest;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the caller's channels, the most recently used first.
 *
 * @param next the cursor of the page after this one; absent on the last
 */
public record ChannelPage(List<Summary> channels, @Nullable String next) {
    /** One of them; {@code epoch} is absent where nothing is stored. */
    public record Summary(
            ChannelName channel, @Nullable Epoch epoch, long head, long read, long unread, long mentions) {}
}
