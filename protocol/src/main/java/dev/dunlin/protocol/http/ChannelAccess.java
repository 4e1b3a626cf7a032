package dev.dunlin.protocol.http;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how one user may use a channel: an answer of {@code POST /internal/access} and of
 * {@code GET /internal/channels/{c}/access}.
 *
 * @param epoch absent for an ephemeral channel
 * @param head the newest seq; 0 for an ephemeral channel
 * @param read the user's read mark; 0 if there is none
 * @param conflate whether a slow subscriber may get only the latest event, with a conflated
 *     {@code gap} for the others
 * @param maxMessageBytes the limit of {@code data}
 * @param from the oldest seq that the user may see; 0 or 1 if the user may see all
 */
public record ChannelAccess(
        ChannelName channel,
        boolean durable,
        boolean presence,
        boolean push,
        @Nullable Epoch epoch,
        long head,
        long read,
        int maxMessageBytes,
        boolean subscribe,
        boolean publish,
        boolean member,
        boolean conflate,
        long from) {
    public ChannelAccess(
            ChannelName channel,
            boolean durable,
            boolean presence,
            boolean push,
            @Nullable Epoch epoch,
            long head,
            long read,
            int maxMessageBytes,
            boolean subscribe,
            boolean publish,
            boolean member) {
        this(
                channel,
                durable,
                presence,
                push,
                epoch,
                head,
                read,
                maxMessageBytes,
                subscribe,
                publish,
                member,
                false,
                1);
    }
}
