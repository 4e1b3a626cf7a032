package dev.dunlin.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The codes of {@code error} frames and of REST problem documents, {@code docs/protocol.md} section 5. */
public enum ErrorCode {
    BAD_REQUEST(400, false),
    UNKNOWN_TYPE(400, false),
    TOO_LARGE(413, false),
    UNAUTHENTICATED(401, false),
    FORBIDDEN(403, false),
    NOT_FOUND(404, false),
    CONFLICT(409, false),
    RATE_LIMITED(429, true),
    OVERLOADED(503, true),
    UNAVAILABLE(503, true),
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

    /** The code of that name; throws {@link IllegalArgumentException} for a name that is none. */
    @JsonCreator
    public static ErrorCode ofWire(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
