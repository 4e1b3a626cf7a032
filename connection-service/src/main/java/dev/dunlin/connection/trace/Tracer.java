package dev.dunlin.connection.trace;

import dev.dunlin.edge.trace.TraceLogger;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.TraceId;

/** Logs what this node did with a message, if the message is in the sample. Any thread. */
public final class Tracer {
    private Tracer() {}

    /** Logs a step with the id under {@code traceId}. */
    public static void step(TraceId trace, String step, ChannelName channel) {
        TraceLogger.log(trace, () -> step + " " + channel);
    }
}
