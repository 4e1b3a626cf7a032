package dev.dunlin.scenarios.suite;

/** A suite as {@link SharedSuite}, for scenarios that kill its processes one class at a time. */
public final class StruckSuite extends SuiteParameters {
    @Override
    Suite start() {
        return Suite.start("struck");
    }
}
