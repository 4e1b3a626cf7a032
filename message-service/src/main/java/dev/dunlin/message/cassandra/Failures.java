package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.DriverException;
import dev.dunlin.message.command.StoreFailure;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What went wrong, as the ports have it. */
final class Failures {
    private Failures() {}

    /** A failure of the driver, or of what waited for it. */
    static RuntimeException of(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof DriverException) {
            return new StoreFailure(
                    "Cassandra: " + cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
        }
        return cause instanceof RuntimeException own ? own : new StoreFailure("Cassandra: " + cause, cause);
    }
}
