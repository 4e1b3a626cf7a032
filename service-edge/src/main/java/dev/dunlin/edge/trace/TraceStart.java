package dev.dunlin.edge.trace;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;

/** Switches the trace log on or off before the service handles a message. */
final class TraceStart {
    void start(@Observes @Priority(1) StartupEvent event, TraceSettings settings) {
        TraceLogger.use(new TraceSample(settings.sample()));
    }
}
