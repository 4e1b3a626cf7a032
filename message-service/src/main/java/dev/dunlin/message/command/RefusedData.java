package dev.dunlin.message.command;

/**
 * The store is well and refuses what it was given; asking again does not help. The message says
 * why, for operators.
 */
public final class RefusedData extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedData(String message, Throwable cause) {
        super(message, cause);
    }
}
