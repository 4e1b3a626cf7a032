package dev.dunlin.message.command;

/** The store is away, or did not say what it did; asking again may help. */
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
