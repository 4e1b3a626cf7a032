package dev.dunlin.push;

/** Another service or the database did not answer: the same call may succeed later. */
public final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unreachable(String what, Throwable cause) {
        super(what, cause);
    }
}
