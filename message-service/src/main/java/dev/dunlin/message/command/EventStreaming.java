package dev.dunlin.message.command;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * Publishes what is stored to the event stream, all waiting batches together and one group at a
 * time, so that the stream keeps the order of a channel. It may linger, since nobody waits for it.
 * Then the batches are done. A batch without entries waits for nothing.
 */
final class EventStreaming {
    private final InFlightBatches inFlight;
    private final LogPorts ports;
    private final Stage<Batch> streaming;

    EventStreaming(InFlightBatches inFlight, LogPorts ports, Duration linger) {
        this.inFlight = inFlight;
        this.ports = ports;
        this.streaming = new Stage<>("commands-stream", linger, this::stream);
    }

    /** Takes a stored batch. Does not block. */
    void add(Batch batch) {
        if (batch.entries().isEmpty() && streaming.isIdle()) {
            finish(batch);
        } else {
            streaming.add(batch);
        }
    }

    private void stream(List<Batch> batches) {
        try {
            inFlight.requireNoFailure();
            List<EventStream.Entry> entries =
                    batches.stream().flatMap(batch -> batch.entries().stream()).toList();
            if (!entries.isEmpty()) {
                ports.retry()
                        .until(
                                "publishing to the event stream",
                                failure -> true,
                                () -> {
                                    ports.events().publish(entries);
                                    return true;
                                },
                                ports.observer()::retried);
            }
        } catch (RuntimeException | Error e) {
            inFlight.fail(batches, e instanceof RuntimeException why ? why : new CompletionException(e));
            return;
        }
        batches.forEach(this::finish);
    }

    /** Once the bus has what was published, or has lost it: on the bus's thread, or this one. */
    private void finish(Batch batch) {
        var unused = batch.announced().thenRun(() -> {
            try {
                ports.observer().processed(batch.outcomes(), batch.nanos());
                TraceLog.log(batch.outcomes());
            } catch (RuntimeException e) {
                inFlight.fail(List.of(batch), e);
                return;
            }
            inFlight.finished();
            batch.done().complete(null);
        });
    }
}
