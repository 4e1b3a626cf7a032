package dev.dunlin.scenarios.suite;

/** A second suite as {@link DoubledSuite}, so that the longest scenarios run beside the others. */
public final class SecondDoubledSuite extends SuiteParameters {
    @Override
    Suite start() {
        return DoubledSuite.start("doubled-2");
    }
}
