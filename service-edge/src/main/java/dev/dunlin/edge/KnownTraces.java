package dev.dunlin.edge;

import io.quarkus.logging.LoggingFilter;
import io.vertx.core.VertxException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Stack traces that would tell their reader nothing are not logged. A start that fails is told in one line: who reads it has to mend a setting or start an engine. And what a
 * client can do as often as it likes is no news: to close a connection on which a pipelined request still waits (a {@link NullPointerException} in Vert.x 4.5), and to leave out
 * {@code Host} (answered with 400).
 */
@LoggingFilter(name = "known-traces")
public final class KnownTraces implements Filter {
    private static final String STARTER = "io.quarkus.runtime.Application";
    private static final String REQUEST = "io.vertx.core.http.impl.Http1xServerRequest";

    @Override
    public boolean isLoggable(LogRecord record) {
        Throwable thrown = record.getThrown();
        if (thrown != null && STARTER.equals(record.getLoggerName())) {
            record.setMessage("The service did not start: " + reason(thrown)
                    + " -- mend that (docs/configuration.md names the settings) and start it again.");
            record.setParameters(null);
            record.setThrown(null);
        }
        return !closedWhileARequestWaited(thrown) && !withoutHost(thrown);
    }

    private static boolean withoutHost(@Nullable Throwable thrown) {
        return thrown instanceof VertxException
                && String.valueOf(thrown.getMessage()).contains("'Host' header is required");
    }

    private static boolean closedWhileARequestWaited(@Nullable Throwable thrown) {
        return thrown instanceof NullPointerException
                && thrown.getStackTrace().length > 0
                && REQUEST.equals(thrown.getStackTrace()[0].getClassName())
                && "handleException".equals(thrown.getStackTrace()[0].getMethodName());
    }

    /** The outermost failure only says that the start failed; the one below it says what was tried and why that failed. */
    private static String reason(Throwable failure) {
        Throwable telling = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(telling.getMessage()).strip().lines().findFirst().orElse("no reason was given");
    }
}
