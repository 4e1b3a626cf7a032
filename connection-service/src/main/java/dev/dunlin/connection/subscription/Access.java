package dev.dunlin.connection.subscription;

import dev.dunlin.protocol.http.ChannelAccess;

/**
 * What a subscription may do now: {@code pending → granted → ended}, and from granted to an {@link AccessCheck} and back. Only a granted subscription sends and receives. On the
 * session's loop.
 */
sealed interface Access permits Access.State, AccessCheck {
    /** Whether the session hears the channel and may send ephemeral frames to it. */
    boolean granted();

    /** Access that no question is open for; a {@code PENDING} one has its first. */
    enum State implements Access {
        /** Message-service has not answered yet. */
        PENDING,
        /** The same, and something happened meanwhile: the answer may be older than that, so it is asked for once more. */
        DOUBTED,
        /** Everybody may read the channel. */
        OPEN,
        /** The user is a member: removal ends it. */
        MEMBER,
        /** The token allows it: a token without that grant ends it. */
        GRANT,
        /** Nothing is sent any more. */
        ENDED;

        @Override
        public boolean granted() {
            return this == OPEN || this == MEMBER || this == GRANT;
        }
    }

    /** What access rests on that was granted. */
    static State of(ChannelAccess granted) {
        return granted.member() ? State.MEMBER : granted.subscribe() ? State.OPEN : State.GRANT;
    }
}
