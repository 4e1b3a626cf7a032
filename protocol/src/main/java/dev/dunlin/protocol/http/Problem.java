package dev.dunlin.protocol.http;

import dev.dunlin.protocol.ErrorCode;

/**
 * An RFC 9457 problem document, with the code and the retry advice of {@code error} frames. Media
 * type {@link #MEDIA_TYPE}.
 */
public record Problem(String type, String title, int status, String detail, ErrorCode code, boolean retryable) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(ErrorCode code, String detail) {
        return new Problem(
                "about:blank", code.wire().replace('_', ' '), code.httpStatus(), detail, code, code.retryable());
    }
}
