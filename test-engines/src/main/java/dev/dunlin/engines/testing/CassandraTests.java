package dev.dunlin.engines.testing;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.Java17;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Whether tests on Cassandra can run on this machine: it needs a Java 17. */
public final class CassandraTests {
    /** Set to {@code true} where a suite that cannot run is a failure. */
    public static final String REQUIRE = "DUNLIN_REQUIRE_CASSANDRA";

    private CassandraTests() {}

    /**
     * True if there is a Java 17. Else it says loudly that the tests are skipped.
     *
     * @throws IllegalStateException if there is none although {@link #REQUIRE} says that there has
     *     to be
     */
    public static boolean canRun() {
        try {
            if (Java17.find(Checkout.fromSystemProperty()).isPresent()) {
                return true;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (Boolean.parseBoolean(System.getenv(REQUIRE))) {
            throw new IllegalStateException("no Java 17, so no Cassandra, and " + REQUIRE + " is true");
        }
        System.err.println(
                "SKIPPED: the tests on Cassandra, for there is no Java 17 on this machine. Install one, or set"
                        + " DUNLIN_JAVA17_HOME; " + REQUIRE + "=true makes this an error.");
        return false;
    }
}
