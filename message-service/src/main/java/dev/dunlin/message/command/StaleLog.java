package dev.dunlin.message.command;

/**
 * A batch was loaded, or sequenced after, a state that is not the newest any more: load and
 * sequence it again.
 */
public final class StaleLog extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleLog(String message) {
        super(message);
    }
}
