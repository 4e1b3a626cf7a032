package dev.dunlin.checker.run;

/** There is no judgement; the message says why, for the user. */
public final class CannotCheck extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotCheck(String message) {
        super(message);
    }
}
