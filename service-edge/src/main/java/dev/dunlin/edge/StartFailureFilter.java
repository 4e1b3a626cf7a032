package dev.dunlin.edge;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** A start that fails is told in one line, the reason farthest down, instead of a stack trace: who reads it has to mend a setting or start an engine. */
@LoggingFilter(name = "start-failure")
public final class StartFailureFilter implements Filter {
    private static final String STARTER = "io.quarkus.runtime.Application";

    @Override
    public boolean isLoggable(LogRecord record) {
        if (STARTER.equals(record.getLoggerName()) && record.getThrown() != null) {
            record.setMessage("The service did not start: " + reason(record.getThrown())
                    + ". Mend that (docs/configuration.md names the settings) and start it again.");
            record.setParameters(null);
            record.setThrown(null);
        }
        return true;
    }

    private static String reason(Throwable failure) {
        String reason = String.valueOf(failure.getMessage());
        for (@Nullable Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            reason = cause.getMessage() == null || reason.contains(cause.getMessage()) ? reason : cause.getMessage();
        }
        return reason.strip().lines().findFirst().orElse("no reason was given");
    }
}
