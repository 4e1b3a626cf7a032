package dev.dunlin.client.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.dunlin.client.RequestFailed;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer to a request was another status than one of success. */
public final class HttpRefused extends RequestFailed {
    private static final long serialVersionUID = 1L;

    /** A wait that a server asks for is not believed beyond this. */
    private static final Duration MOST_RETRY_AFTER = Duration.ofMinutes(5);

    private final int status;
    private final boolean spoken;

    private HttpRefused(
            int status, boolean spoken, ErrorCode code, String message, boolean retryable, @Nullable Duration after) {
        super(code, message, retryable, after);
        this.status = status;
        this.spoken = spoken;
    }

    /** Reads an RFC 9457 problem document; what is none becomes a failure by its status. */
    public static HttpRefused of(int status, byte[] body, HttpHeaders headers, String path) {
        JsonNode problem = problemIn(body);
        Optional<ErrorCode> said = codeIn(problem);
        ErrorCode code = said.orElseGet(() -> codeOf(status));
        String message = problem.path("detail").asText("");
        return new HttpRefused(
                status,
                problem.path("code").isTextual(),
                code,
                message.isEmpty() ? "status " + status + " of " + path : message,
                problem.path("retryable").asBoolean(code.retryable()),
                retryAfter(headers).orElse(null));
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Whether it was the suite that spoke, by a problem document, and not something on the way. */
    public boolean spoken() {
        return spoken;
    }

    /**
     * What {@code Retry-After} asks for, in seconds or as a date (RFC 9110 section 10.2.3); at most
     * five minutes.
     */
    public static Optional<Duration> retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .flatMap(value -> waitIn(value.strip(), headers))
                .map(wait -> wait.compareTo(MOST_RETRY_AFTER) > 0 ? MOST_RETRY_AFTER : wait)
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    // A date is compared with the server's own clock, which the answer's Date tells: this machine's
    // may be wrong.
    private static Optional<Duration> waitIn(String value, HttpHeaders headers) {
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        return headers.firstValue("Date").flatMap(date -> {
            try {
                return Optional.of(Duration.between(time(date), time(value)));
            } catch (DateTimeException notADate) {
                return Optional.empty();
            }
        });
    }

    private static ZonedDateTime time(String httpDate) {
        return ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    private static JsonNode problemIn(byte[] body) {
        try {
            return Json.parse(body);
        } catch (InvalidInput notJson) {
            return MissingNode.getInstance();
        }
    }

    private static Optional<ErrorCode> codeIn(JsonNode problem) {
        try {
            return problem.path("code").isTextual()
                    ? Optional.of(ErrorCode.ofWire(problem.path("code").asText()))
                    : Optional.empty();
        } catch (IllegalArgumentException laterThanThisClient) {
            return Optional.empty();
        }
    }

    private static ErrorCode codeOf(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404, 410 -> ErrorCode.NOT_FOUND;
            case 409 -> ErrorCode.CONFLICT;
            case 413 -> ErrorCode.TOO_LARGE;
            case 429 -> ErrorCode.RATE_LIMITED;
            default -> status >= 500 ? ErrorCode.UNAVAILABLE : ErrorCode.BAD_REQUEST;
        };
    }
}
