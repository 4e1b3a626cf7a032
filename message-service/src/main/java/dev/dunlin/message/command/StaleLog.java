package dev.dunlin.message.command;

/**
 * The state that a batch was loaded from or sequenced over is no longer the newest: load and
 * sequence it again.
 */
public final class StaleLog extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleLog(String message) {
        super(message);
    }
}
