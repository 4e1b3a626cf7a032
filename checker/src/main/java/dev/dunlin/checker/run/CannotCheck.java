package dev.dunlin.checker.run;

/** Thrown when there is no verdict; the message tells the user why. */
public final class CannotCheck extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotCheck(String message) {
        super(message);
    }
}
