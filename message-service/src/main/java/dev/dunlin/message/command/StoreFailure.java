package dev.dunlin.message.command;

/** The store did not do what it was asked; asking again may help. */
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
