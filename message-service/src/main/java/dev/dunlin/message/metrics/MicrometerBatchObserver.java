package dev.dunlin.message.metrics;

import dev.dunlin.message.command.BatchObserver;
import dev.dunlin.message.command.DeadLetters;
import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.message.sequencer.Sequenced;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.ServerFrame;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The metrics of the writer. */
public final class MicrometerBatchObserver implements BatchObserver {
    private final Counter messages;
    private final Counter events;
    private final Counter duplicates;
    private final Counter retries;
    private final Counter diverged;
    private final Map<DeadLetters.Reason, Counter> deadLetters = new EnumMap<>(DeadLetters.Reason.class);
    private final DistributionSummary sizes;
    private final Timer times;
    private final DistributionSummary batchesStored;
    private final Timer storeTimes;
    private final Map<ErrorCode, Counter> refused = new EnumMap<>(ErrorCode.class);

    public MicrometerBatchObserver(MeterRegistry metrics) {
        messages = counter(metrics, "dunlin.messages.appended", "Messages that took a seq");
        events = counter(metrics, "dunlin.events.appended", "Events that took a seq, messages among them");
        duplicates = counter(metrics, "dunlin.messages.duplicate", "Messages that were published before");
        retries = counter(metrics, "dunlin.batch.retries", "Batches that failed and were retried");
        diverged = counter(metrics, "dunlin.events.diverged", "Events that were published and are not in the log");
        for (DeadLetters.Reason reason : DeadLetters.Reason.values()) {
            deadLetters.put(
                    reason,
                    Counter.builder("dunlin.commands.put.aside")
                            .description("Records of channel.commands that were dead-lettered")
                            .tag("reason", reason.wire())
                            .register(metrics));
        }
        sizes = DistributionSummary.builder("dunlin.batch.commands")
                .description("Commands per batch")
                .register(metrics);
        times = Timer.builder("dunlin.batch")
                .description("From taking a batch to having stored and published it")
                .register(metrics);
        batchesStored = DistributionSummary.builder("dunlin.batch.stored.together")
                .description("Batches stored per write")
                .register(metrics);
        storeTimes = Timer.builder("dunlin.batch.store")
                .description("Writes of batches to the store")
                .register(metrics);
        for (ErrorCode code : ErrorCode.values()) {
            refused.put(
                    code,
                    Counter.builder("dunlin.commands.refused")
                            .description("Commands that were refused")
                            .tag("code", code.wire())
                            .register(metrics));
        }
    }

    @Override
    public void processed(List<Sequenced> batch, long nanos) {
        sizes.record(batch.size());
        times.record(nanos, TimeUnit.NANOSECONDS);
        batch.forEach(sequenced -> count(sequenced.outcome()));
    }

    @Override
    public void stored(int batches, long nanos) {
        batchesStored.record(batches);
        storeTimes.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void retried(String why) {
        retries.increment();
    }

    @Override
    public void deadLettered(DeadLetters.Reason reason) {
        Counter counter = deadLetters.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void diverged() {
        diverged.increment();
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Appended appended -> {
                events.increment();
                if (appended.logged().event() instanceof ServerFrame.Message) {
                    messages.increment();
                }
            }
            case Outcome.Duplicate ignored -> duplicates.increment();
            case Outcome.Burnt ignored -> events.increment();
            case Outcome.Refused(var refusal) -> {
                Counter counter = refused.get(refusal.code());
                if (counter != null) {
                    counter.increment();
                }
            }
            case Outcome.Changed ignored -> {}
            case Outcome.Unchanged ignored -> {}
            case Outcome.Marked ignored -> {}
        }
    }

    private static Counter counter(MeterRegistry metrics, String name, String description) {
        return Counter.builder(name).description(description).register(metrics);
    }
}
