package dev.dunlin.push.delivery.vertx;

import java.util.concurrent.TimeoutException;

/** Why a call had no answer, for people. */
final class Failures {
    private Failures() {}

    static boolean isTimeout(Throwable failure) {
        return failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException;
    }

    /**
     * Without the message of a time-out: that contains the path, and with it a token or what is
     * secret of a URL.
     */
    static String reason(Throwable failure) {
        return isTimeout(failure)
                ? "no answer in time"
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
