package dev.dunlin.edge.trace;

import dev.dunlin.protocol.TraceId;
import java.util.function.Supplier;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.Logger.AttachmentKey;

/**
 * The log category {@code dunlin.trace}, in which every service logs at DEBUG what it did to a
 * message, if the message is in the sample. The sample is attached to the category at the start
 * ({@link TraceStart}); before that nothing is logged. Any thread; while the sample is empty, a
 * call costs one check.
 */
public final class TraceLogger {
    private static final Logger LOG = Logger.getLogger("dunlin.trace");
    private static final AttachmentKey<TraceSample> SAMPLE = new AttachmentKey<>();

    private TraceLogger() {}

    static void use(TraceSample sample) {
        LOG.attach(SAMPLE, sample);
        LOG.setLevel(sample.isEmpty() ? Level.INFO : Level.DEBUG);
    }

    /** Whether any message is logged: a batch can be skipped otherwise. */
    public static boolean isOn() {
        return LOG.isLoggable(Level.DEBUG);
    }

    /**
     * Logs a line with the id under {@code mdc.traceId}. The id goes into the record itself:
     * Quarkus keeps the MDC in the Vert.x context, and an event loop outside of a request has none.
     *
     * @param line called only for a message of the sample
     */
    public static void log(TraceId trace, Supplier<String> line) {
        if (isOn() && isSampled(trace)) {
            ExtLogRecord record = new ExtLogRecord(Level.DEBUG, line.get(), TraceLogger.class.getName());
            record.setLoggerName(LOG.getName());
            record.putMdc("traceId", trace.toString());
            LOG.logRaw(record);
        }
    }

    private static boolean isSampled(TraceId trace) {
        TraceSample sample = LOG.getAttachment(SAMPLE);
        return sample != null && sample.contains(trace);
    }
}
