package dev.dunlin.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * The codes of {@code error} frames and of REST problem documents, {@code docs/protocol.md} section
 * 5.
 */
public enum ErrorCode {
    /** The frame or the request is malformed: fix the client. */
    BAD_REQUEST(400, false),
    /** The server does not know this type of frame: it is older than the client. */
    UNKNOWN_TYPE(400, false),
    /** The frame or its data is above the limit of {@code welcome}: send less. */
    TOO_LARGE(413, false),
    /** There is no valid token: get another one. */
    UNAUTHENTICATED(401, false),
    /** The user may not do this, or a limit of the session is reached: do not retry. */
    FORBIDDEN(403, false),
    /** The channel, the message or the namespace does not exist. */
    NOT_FOUND(404, false),
    /** The request contradicts the present state: read the state, then decide. */
    CONFLICT(409, false),
    /** Too much was sent: retry after {@code retryAfterMs}. */
    RATE_LIMITED(429, true),
    /** The server has too much to do now: retry after a pause. */
    OVERLOADED(503, true),
    /** Something that the server needs does not answer: retry, a publish with the same id. */
    UNAVAILABLE(503, true),
    /** The server failed in an unexpected way: retry, and report it if it stays. */
    INTERNAL(500, true);

    private final int httpStatus;
    private final boolean retryable;

    ErrorCode(int httpStatus, boolean retryable) {
        this.httpStatus = httpStatus;
        this.retryable = retryable;
    }

    /** The HTTP status that goes with the code. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the same request may succeed later, unchanged. */
    public boolean retryable() {
        return retryable;
    }

    /** The code as it stands on the wire. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The code of that name. Throws {@link IllegalArgumentException} if there is none. */
    @JsonCreator
    public static ErrorCode ofWire(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
