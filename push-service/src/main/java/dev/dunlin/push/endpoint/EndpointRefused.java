package dev.dunlin.push.endpoint;

/** An endpoint that this service must not call. The message is for the user who registered it. */
public final class EndpointRefused extends Exception {
    private static final long serialVersionUID = 1L;

    EndpointRefused(String message) {
        super(message);
    }
}
