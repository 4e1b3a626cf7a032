package dev.dunlin.scenarios.suite;

/** The suite that all scenarios share that leave it whole. */
public final class SharedSuite extends SuiteParameters {
    @Override
    Suite start() {
        return Suite.start("shared", options -> options.withTrace(1));
    }
}
