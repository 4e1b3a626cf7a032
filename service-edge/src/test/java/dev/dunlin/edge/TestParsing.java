package dev.dunlin.edge;

import dev.dunlin.edge.revocation.Revocations;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The parsing of a service without revocations. */
final class TestParsing {
    private TestParsing() {}

    static TokenParsing with(LongSupplier nanos) {
        Revocations none = new Revocations(Duration.ofHours(24), 10, Clock.systemUTC());
        none.completed();
        return new TokenParsing(
                nanos, new TokenRules(Duration.ofHours(24), Duration.ofHours(744), Clock.systemUTC()), none);
    }
}
