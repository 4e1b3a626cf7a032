package dev.dunlin.protocol.http;

import java.util.List;

/** The answers to an {@link UnreadQuery}, in its order. */
public record UnreadList(List<Unread> unread) {
    /**
     * Events that a user has not read, as {@code GET /v1/channels} counts them.
     *
     * @param all in all live channels of the user, archived ones too
     * @param channel in the channel of the query; 0 if the user is no member of it
     */
    public record Unread(long all, long channel) {
        /** A user without channels. */
        public static final Unread NOTHING = new Unread(0, 0);
    }
}
