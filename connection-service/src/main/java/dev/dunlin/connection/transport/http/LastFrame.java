package dev.dunlin.connection.transport.http;

import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;

/** What the end of a stream looks like where there is no close frame: {@code goaway} where a WebSocket's close code says come back, {@code error} where it says do not. */
final class LastFrame {
    private LastFrame() {}

    static ServerFrame of(CloseCode code, String reason, Duration comeBackAfter) {
        return switch (CloseCode.adviceFor(code.code())) {
            case RESUME, START_OVER, STAY_CLOSED ->
                new ServerFrame.GoAway(reason, comeBackAfter.toMillis(), comeBackAfter.toMillis());
            case ACT_FIRST -> ServerFrame.ErrorReply.of(null, errorOf(code), reason);
        };
    }

    private static ErrorCode errorOf(CloseCode code) {
        return switch (code) {
            case TOKEN_EXPIRED -> ErrorCode.UNAUTHENTICATED;
            case FORBIDDEN -> ErrorCode.FORBIDDEN;
            case SESSION_REPLACED -> ErrorCode.CONFLICT;
            case TOO_LARGE -> ErrorCode.TOO_LARGE;
            case RATE_LIMIT_ABUSED -> ErrorCode.RATE_LIMITED;
            case DONE,
                    PROTOCOL_ERROR,
                    UNSUPPORTED_DATA,
                    INVALID_TEXT,
                    MESSAGE_TOO_BIG,
                    GOING_AWAY,
                    SLOW_CONSUMER,
                    HEARTBEAT_TIMEOUT,
                    OVERLOADED,
                    POSITION_LOST,
                    PROTOCOL_VIOLATION -> ErrorCode.BAD_REQUEST;
        };
    }
}
