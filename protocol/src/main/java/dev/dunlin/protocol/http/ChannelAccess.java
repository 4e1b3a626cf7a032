package dev.dunlin.protocol.http;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how one user may use a channel: an answer of {@code POST /internal/access} and of
 * {@code GET /internal/channels/{c}/access}.
 *
 * @param presence whether {@link PresenceMode#MEMBERS} applies, for readers that do not know the
 *     mode
 * @param push whether offline members are notified of any message, likewise
 * @param epoch absent for an ephemeral channel
 * @param head the newest seq; 0 for an ephemeral channel
 * @param read the user's read mark; 0 if there is none
 * @param conflate whether a slow subscriber may get only the latest event, with a conflated
 *     {@code gap} for the others
 * @param maxMessageBytes the limit of {@code data}
 * @param from the oldest seq that the user may see; 0 or 1 if the user may see all
 * @param presenceMode who is shown to be there; absent if the answer comes from an older
 *     message-service
 * @param last whether the last signal of each user is kept; absent where it is not
 * @param pushMode of which messages offline members are notified; absent if the answer comes from
 *     an older message-service
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
        long from,
        @Nullable PresenceMode presenceMode,
        @Nullable Boolean last,
        @Nullable PushMode pushMode) {
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
                1,
                null,
                null,
                null);
    }

    /** Who is shown to be there, also if an older message-service has answered. */
    public PresenceMode shown() {
        if (presenceMode != null) {
            return presenceMode;
        }
        return presence ? PresenceMode.MEMBERS : PresenceMode.NONE;
    }

    /**
     * Of which messages offline members are notified, also if an older message-service has
     * answered.
     */
    public PushMode notifies() {
        if (pushMode != null) {
            return pushMode;
        }
        return push ? PushMode.ALL : PushMode.NONE;
    }

    /** Whether the last signal of each user is kept. */
    public boolean keepsLast() {
        return Boolean.TRUE.equals(last);
    }
}
