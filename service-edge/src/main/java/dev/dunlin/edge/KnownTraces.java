package dev.dunlin.edge;

import io.quarkus.logging.LoggingFilter;
import io.vertx.core.VertxException;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Replaces or drops stack traces that do not help their reader. A failed start is logged in one
 * line, because an operator has to correct a setting or start an engine. Errors that a client can
 * cause at will are not logged. One is data that is not an HTTP/1.1 request, which gets 400. The
 * other is a connection that closes in a moment when Vert.x 4.5 throws a
 * {@link NullPointerException} for it.
 */
@LoggingFilter(name = "known-traces")
public final class KnownTraces implements Filter {
    private static final String STARTER = "io.quarkus.runtime.Application";
    private static final String ROUTER = "io.quarkus.vertx.http.runtime.QuarkusErrorHandler";
    private static final Set<String> BROKEN_OFF = Set.of(
            "io.vertx.core.http.impl.Http1xServerRequest.handleException",
            "io.vertx.core.http.impl.Http2ConnectionBase.onConnectionError");

    @Override
    public boolean isLoggable(LogRecord record) {
        Throwable thrown = record.getThrown();
        if (thrown != null && STARTER.equals(record.getLoggerName())) {
            record.setMessage("The service did not start: " + reason(thrown)
                    + " -- correct that (docs/configuration.md lists the settings) and start it again.");
            record.setParameters(null);
            record.setThrown(null);
        }
        return !isNoRequest(record.getLoggerName(), thrown) && !brokenOff(thrown);
    }

    private static boolean isNoRequest(@Nullable String logger, @Nullable Throwable thrown) {
        return ROUTER.equals(logger) && thrown instanceof VertxException && thrown.getStackTrace().length == 0;
    }

    private static boolean brokenOff(@Nullable Throwable thrown) {
        if (!(thrown instanceof NullPointerException) || thrown.getStackTrace().length == 0) {
            return false;
        }
        StackTraceElement at = thrown.getStackTrace()[0];
        return BROKEN_OFF.contains(at.getClassName() + "." + at.getMethodName());
    }

    /**
     * The outermost failure only says that the start failed; its cause says what was tried and why
     * that failed.
     */
    private static String reason(Throwable failure) {
        Throwable telling = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(telling.getMessage()).strip().lines().findFirst().orElse("no reason was given");
    }
}
