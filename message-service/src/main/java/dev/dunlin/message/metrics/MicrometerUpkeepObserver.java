package dev.dunlin.message.metrics;

import dev.dunlin.message.upkeep.UpkeepObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** The metrics of the background's work. */
public final class MicrometerUpkeepObserver implements UpkeepObserver {
    private final Counter expired;
    private final Counter unwritten;
    private final Counter purged;
    private final Counter erased;
    private final Counter failed;
    private final AtomicLong toIndexAgain = new AtomicLong();

    public MicrometerUpkeepObserver(MeterRegistry metrics) {
        expired = counter(
                metrics, "dunlin.retention.events", "Events that were removed because they are not retained any more");
        unwritten =
                counter(metrics, "dunlin.unwritten.channels", "Channels removed because nobody had written to them");
        purged = counter(metrics, "dunlin.purge.channels", "Deleted channels whose rows are gone");
        erased = counter(metrics, "dunlin.erasure.users", "Users who were erased");
        Gauge.builder("dunlin.search.reindex.remaining", toIndexAgain, AtomicLong::get)
                .description(
                        "Messages that are still to be reindexed after an upgrade, estimated; only in the process that reindexes")
                .register(metrics);
        failed = counter(
                metrics, "dunlin.upkeep.failures", "Rounds of the background's work that failed and are retried");
    }

    @Override
    public void expired(int events) {
        expired.increment(events);
    }

    @Override
    public void unwritten(int channels) {
        unwritten.increment(channels);
    }

    @Override
    public void purged() {
        purged.increment();
    }

    @Override
    public void toIndexAgain(long messages) {
        toIndexAgain.set(messages);
    }

    @Override
    public void erased() {
        erased.increment();
    }

    @Override
    public void failed() {
        failed.increment();
    }

    private static Counter counter(MeterRegistry metrics, String name, String description) {
        return Counter.builder(name).description(description).register(metrics);
    }
}
