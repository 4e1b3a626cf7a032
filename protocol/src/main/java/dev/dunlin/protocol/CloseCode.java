package dev.dunlin.protocol;

/**
 * The close codes of WebSockets, {@code docs/protocol.md} section 6. The range of a code tells a
 * client what to do, so a client obeys codes that it does not know; see {@link #adviceFor}.
 */
public enum CloseCode {
    /** The server ended the session in order: do not reconnect. */
    DONE(1000),
    /** The client broke the WebSocket protocol: fix the client. */
    PROTOCOL_ERROR(1002),
    /** The client sent a binary message: send text. */
    UNSUPPORTED_DATA(1003),
    /** The client sent text that is not UTF-8: fix the client. */
    INVALID_TEXT(1007),
    /** The client sent a message far above {@code maxMessageBytes}: send smaller messages. */
    MESSAGE_TOO_BIG(1009),
    /** The node stops: reconnect after the delay of {@code goaway}, and resume. */
    GOING_AWAY(4000),
    /** The client read too slowly and its outbox was full: reconnect and resume. */
    SLOW_CONSUMER(4001),
    /** The server received nothing for three heartbeats: reconnect and resume. */
    HEARTBEAT_TIMEOUT(4002),
    /** The node cannot serve the session now: reconnect after a pause, and resume. */
    OVERLOADED(4003),
    /**
     * The log of a channel was rebuilt: reconnect, drop the positions and fetch the history again.
     */
    POSITION_LOST(4200),
    /** The client broke the rules of frames: fix the client. */
    PROTOCOL_VIOLATION(4400),
    /** The token expired or was revoked: get another token, then reconnect and resume. */
    TOKEN_EXPIRED(4401),
    /** The user may not have this session: do not reconnect with the same token. */
    FORBIDDEN(4403),
    /** Another session took the place of this one: do not reconnect, or both replace each other. */
    SESSION_REPLACED(4409),
    /** The client sent a message that is too large: send smaller messages. */
    TOO_LARGE(4413),
    /** The client kept sending after {@code rate_limited}: wait as the errors say. */
    RATE_LIMIT_ABUSED(4429);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** What a client does after a close. The SDKs and the documentation use the same words. */
    public enum Advice {
        /** Do not reconnect: the session ended in order. */
        DONE,
        /** Reconnect, and continue from the last positions. */
        RESUME,
        /** Reconnect without positions. */
        RESTART,
        /** Get another token, then reconnect and continue from the last positions. */
        RENEW,
        /** Do not reconnect: it would end the same way until the client or its rights change. */
        STOP
    }

    /** Returns the advice for a code, also for one that this version does not know. */
    public static Advice adviceFor(int code) {
        return switch (code) {
            case 1000 -> Advice.DONE;
            case 1002, 1003, 1007, 1008, 1009 -> Advice.STOP; // a reconnect would repeat the error
            case 4401 -> Advice.RENEW;
            default ->
                code >= 4400 && code < 5000
                        ? Advice.STOP
                        : code >= 4200 && code < 4400 ? Advice.RESTART : Advice.RESUME;
        };
    }
}
