package dev.dunlin.client.transport;

/**
 * The transport is of no use at this place, for example since something on the way does not let it
 * through.
 */
final class NotHere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotHere(String why) {
        super(why);
    }
}
