package dev.dunlin.connection.subscription;

import dev.dunlin.protocol.http.ChannelAccess;

/**
 * What a subscription may do now: {@code pending → granted → ended}, and from granted to an
 * {@link AccessCheck} and back. Only a granted subscription sends and receives. On the session's
 * loop.
 */
sealed interface Access permits Access.State, AccessCheck {
    /** Whether the session receives the channel and may send ephemeral frames to it. */
    boolean granted();

    /** Access without an open check. The first question is open while it is {@code PENDING}. */
    enum State implements Access {
        /** Message-service has not answered yet. */
        PENDING,
        /**
         * Pending, but access may have changed since it was asked for: the answer needs a check.
         */
        DOUBTED,
        /** Everybody may read the channel. */
        OPEN,
        /** The user is a member: removal ends it. */
        MEMBER,
        /** The token's grant allows it: a token without that grant ends it. */
        GRANT,
        /** Nothing is sent any more. */
        ENDED;

        @Override
        public boolean granted() {
            return this == OPEN || this == MEMBER || this == GRANT;
        }
    }

    /** The basis of granted access. */
    static State of(ChannelAccess granted) {
        return granted.member() ? State.MEMBER : granted.subscribe() ? State.OPEN : State.GRANT;
    }
}
