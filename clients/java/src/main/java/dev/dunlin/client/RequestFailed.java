package dev.dunlin.client;

import dev.dunlin.protocol.ErrorCode;

/** The suite refused a request, or could not be asked; the message is meant for people. */
public final class RequestFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public RequestFailed(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /** Why; says too whether the same request may succeed later. */
    public ErrorCode code() {
        return code;
    }
}
