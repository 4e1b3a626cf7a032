package dev.dunlin.edge;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** A start that fails is told in one line instead of a stack trace: who reads it has to mend a setting or start an engine. */
@LoggingFilter(name = "start-failure")
public final class StartFailureFilter implements Filter {
    private static final String STARTER = "io.quarkus.runtime.Application";

    @Override
    public boolean isLoggable(LogRecord record) {
        if (STARTER.equals(record.getLoggerName()) && record.getThrown() != null) {
            record.setMessage("The service did not start: " + reason(record.getThrown())
                    + " -- mend that (docs/configuration.md names the settings) and start it again.");
            record.setParameters(null);
            record.setThrown(null);
        }
        return true;
    }

    /** The outermost failure only says that the start failed; the one below it says what was tried and why that failed. */
    private static String reason(Throwable failure) {
        Throwable telling = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(telling.getMessage()).strip().lines().findFirst().orElse("no reason was given");
    }
}
