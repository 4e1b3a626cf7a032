package dev.dunlin.engines.supervise;

/**
 * Something that the user can act on: the message is one line that says what is wrong and what to
 * do.
 */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
