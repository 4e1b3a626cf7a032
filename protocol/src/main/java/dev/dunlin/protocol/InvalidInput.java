package dev.dunlin.protocol;

/**
 * What somebody sent does not keep the contract. The message names the field and what is allowed;
 * it is meant for the sender.
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
