package dev.dunlin.message.command;

/** The store is unreachable or did not confirm. A retry may succeed. */
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
