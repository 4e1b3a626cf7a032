package dev.dunlin.scenarios.web;

import org.opentest4j.TestAbortedException;

/** A program that a test needs and this machine does not have. */
final class Missing {
    private static final String RULE = "*".repeat(100);

    private Missing() {}

    /**
     * What skips the test, loudly; with the environment variable
     * {@code DUNLIN_REQUIRE_BROWSER=true} it is failed.
     */
    static RuntimeException program(String tests, String program, String debianPackage) {
        String message = tests + " need " + program
                + ", which is not on this machine. To have it: apt-get install "
                + debianPackage
                + " (Chrome, or DUNLIN_CHROMIUM=/path/to/it, is as good as Chromium; Node must be on the PATH).";
        if (Boolean.parseBoolean(System.getenv("DUNLIN_REQUIRE_BROWSER"))) {
            throw new AssertionError(message);
        }
        System.err.println(RULE + "\n  SKIPPED: " + message + "\n" + RULE);
        return new TestAbortedException(message);
    }
}
