package dev.dunlin.connection.trace;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.TraceId;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/**
 * Logs at DEBUG in the category {@code dunlin.trace} what this node did with a message. Any thread.
 */
public final class Tracer {
    private static final Logger LOG = Logger.getLogger("dunlin.trace");

    private Tracer() {}

    /**
     * Logs a step with the id under {@code traceId}. It costs one check when the category is off.
     * The id goes into the record itself: Quarkus keeps the MDC in the Vert.x context, and an event
     * loop outside of a request has none.
     */
    public static void step(TraceId trace, String step, ChannelName channel) {
        if (LOG.isLoggable(Level.DEBUG)) {
            ExtLogRecord record = new ExtLogRecord(Level.DEBUG, step + " " + channel, Tracer.class.getName());
            record.setLoggerName(LOG.getName());
            record.putMdc("traceId", trace.toString());
            LOG.logRaw(record);
        }
    }
}
