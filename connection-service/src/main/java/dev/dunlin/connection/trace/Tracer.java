package dev.dunlin.connection.trace;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.TraceId;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Says at DEBUG in the category {@code dunlin.trace} what this node did to a message. Any thread. */
public final class Tracer {
    private static final Logger LOG = Logger.getLogger("dunlin.trace");

    private Tracer() {}

    /** Logs a step with the id under {@code traceId}; costs one check when the category is off. */
    public static void step(TraceId trace, String step, ChannelName channel) {
        if (LOG.isDebugEnabled()) {
            Object before = MDC.get("traceId");
            MDC.put("traceId", trace);
            try {
                LOG.debugf("%s %s", step, channel);
            } finally {
                if (before == null) {
                    MDC.remove("traceId");
                } else {
                    MDC.put("traceId", before);
                }
            }
        }
    }
}
