package dev.dunlin.protocol;

/**
 * Thrown when input breaks the contract. The message is for the sender: it names the field and what
 * is allowed.
 */
public final class InvalidInput extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public InvalidInput(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /** The code to answer with. */
    public ErrorCode code() {
        return code;
    }
}
