package dev.dunlin.connection.transport.http;

import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;

/**
 * The last frame of an event stream or a poll, which have no close frame: {@code goaway} where a
 * client should reconnect, {@code error} where it should not.
 */
final class LastFrame {
    private LastFrame() {}

    static ServerFrame of(CloseCode code, String reason, Duration reconnectAfter) {
        return switch (code) {
            case DONE,
                    PROTOCOL_ERROR,
                    UNSUPPORTED_DATA,
                    INVALID_TEXT,
                    MESSAGE_TOO_BIG,
                    GOING_AWAY,
                    SLOW_CONSUMER,
                    HEARTBEAT_TIMEOUT,
                    OVERLOADED,
                    POSITION_LOST ->
                new ServerFrame.GoAway(reason, reconnectAfter.toMillis(), reconnectAfter.toMillis());
            case PROTOCOL_VIOLATION -> error(ErrorCode.BAD_REQUEST, reason);
            case TOKEN_EXPIRED -> error(ErrorCode.UNAUTHENTICATED, reason);
            case FORBIDDEN -> error(ErrorCode.FORBIDDEN, reason);
            case SESSION_REPLACED -> error(ErrorCode.CONFLICT, reason);
            case TOO_LARGE -> error(ErrorCode.TOO_LARGE, reason);
            case RATE_LIMIT_ABUSED -> error(ErrorCode.RATE_LIMITED, reason);
        };
    }

    private static ServerFrame error(ErrorCode code, String reason) {
        return ServerFrame.ErrorReply.of(null, code, reason);
    }
}
