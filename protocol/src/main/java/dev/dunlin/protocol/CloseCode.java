package dev.dunlin.protocol;

/** WebSocket close codes. The range tells a client what to do, {@code docs/protocol.md} section 6. */
public enum CloseCode {
    DONE(1000),
    PROTOCOL_ERROR(1002),
    UNSUPPORTED_DATA(1003),
    INVALID_TEXT(1007),
    MESSAGE_TOO_BIG(1009),
    GOING_AWAY(4000),
    SLOW_CONSUMER(4001),
    HEARTBEAT_TIMEOUT(4002),
    OVERLOADED(4003),
    POSITION_LOST(4200),
    PROTOCOL_VIOLATION(4400),
    TOKEN_EXPIRED(4401),
    FORBIDDEN(4403),
    SESSION_REPLACED(4409),
    TOO_LARGE(4413),
    RATE_LIMIT_ABUSED(4429);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** What a client does after a close. */
    public enum Advice {
        /** Nothing: it was asked for. */
        STAY_CLOSED,
        /** Connect again and go on from the last positions. */
        RESUME,
        /** Connect again without positions. */
        START_OVER,
        /** Do not connect again before something changed, for example the token. */
        ACT_FIRST
    }

    /** The advice for any number, also one that this version does not know. */
    public static Advice adviceFor(int code) {
        if (code == 1000) {
            return Advice.STAY_CLOSED;
        }
        if (code >= 4200 && code < 4400) {
            return Advice.START_OVER;
        }
        return code >= 4400 && code < 5000 ? Advice.ACT_FIRST : Advice.RESUME;
    }
}
