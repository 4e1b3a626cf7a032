package dev.dunlin.edge;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.http.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown at the HTTP edge to answer with a problem document. The message is for the caller: it
 * names the field and what is allowed. Ports answer {@link Refusal} instead.
 */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int status;
    private final transient Map<String, String> headers;
    private final @Nullable Duration retryAfter;

    public RefusedException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public RefusedException(Refusal refusal) {
        this(refusal.code(), refusal.message(), refusal.retryAfter());
    }

    /** With a {@code Retry-After}, rounded up to whole seconds. */
    public RefusedException(ErrorCode code, String message, @Nullable Duration retryAfter) {
        this(code, code.httpStatus(), message, Map.of(), retryAfter);
    }

    private RefusedException(
            ErrorCode code, int status, String message, Map<String, String> headers, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.retryAfter = retryAfter;
    }

    /**
     * A {@code bad_request} with another status than 400, and with the headers that HTTP requires
     * for it: 405 with {@code Allow}, 415, 426.
     */
    public static RefusedException ofHttp(int status, String message, Map<String, String> headers) {
        return new RefusedException(ErrorCode.BAD_REQUEST, status, message, headers, null);
    }

    /** The refusal, for those who answer it outside of HTTP. */
    public Refusal value() {
        return new Refusal(code, String.valueOf(getMessage()), retryAfter);
    }

    public ErrorCode code() {
        return code;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The problem document for the client. */
    public Problem problem() {
        Problem usual = Problem.of(code, String.valueOf(getMessage()));
        if (status == code.httpStatus()) {
            return usual;
        }
        Response.Status known = Response.Status.fromStatusCode(status);
        return new Problem(
                usual.type(),
                known == null ? usual.title() : known.getReasonPhrase(),
                status,
                usual.detail(),
                code,
                usual.retryable());
    }

    /** The headers of the answer, {@code Content-Type} included. */
    public Map<String, String> headers() {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (code == ErrorCode.UNAUTHENTICATED) {
            all.put(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        retryAfter()
                .ifPresent(after -> all.put(
                        HttpHeaders.RETRY_AFTER,
                        Long.toString(after.plusMillis(999).toSeconds())));
        return all;
    }
}
