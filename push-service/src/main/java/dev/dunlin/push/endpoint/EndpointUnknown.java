package dev.dunlin.push.endpoint;

/** An endpoint whose host has no address now; it may have one later. The message is for the user who gave it. */
public final class EndpointUnknown extends Exception {
    private static final long serialVersionUID = 1L;

    EndpointUnknown(String message) {
        super(message);
    }
}
