package dev.dunlin.push.endpoint;

/**
 * An endpoint whose host has no address now, but may have one later. The message is for the user
 * who registered it.
 */
public final class EndpointUnknown extends Exception {
    private static final long serialVersionUID = 1L;

    EndpointUnknown(String message) {
        super(message);
    }
}
