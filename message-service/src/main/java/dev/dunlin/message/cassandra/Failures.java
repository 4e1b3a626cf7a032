package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import dev.dunlin.message.command.RefusedData;
import dev.dunlin.message.command.StoreFailure;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/**
 * Translates failures of the driver for the ports. Only a row that is too large is refused
 * permanently. Everything else is retried, since dead-lettering a record that could be stored would
 * lose it.
 */
final class Failures {
    private Failures() {}

    /** A failure of the driver, or of what waited for it. */
    static RuntimeException of(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof FrameTooLongException
                || (cause instanceof InvalidQueryException
                        && String.valueOf(cause.getMessage()).contains("oversized"))) {
            return new RefusedData("Cassandra: " + cause.getMessage(), cause);
        }
        // A closed session, or its threads: of a process that stops. Nothing is wrong with what it
        // was asked.
        if (cause instanceof DriverException
                || cause instanceof IllegalStateException
                || cause instanceof RejectedExecutionException) {
            return new StoreFailure(
                    "Cassandra: " + cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
        }
        return cause instanceof RuntimeException own ? own : new StoreFailure("Cassandra: " + cause, cause);
    }
}
