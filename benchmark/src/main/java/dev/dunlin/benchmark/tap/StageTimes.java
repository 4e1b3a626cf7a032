package dev.dunlin.benchmark.tap;

import dev.dunlin.benchmark.load.MessageIds;
import dev.dunlin.benchmark.load.Round;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/**
 * When the messages of a round were seen between the services: as commands in Kafka, and as events
 * on the bus. Thread-safe.
 */
public final class StageTimes {
    private static final long MOST_NANOS = 60_000_000_000L;

    private final Round round;
    private final AtomicLongArray commands;
    private final AtomicLongArray events;

    public StageTimes(Round round) {
        this.round = round;
        this.commands = new AtomicLongArray(round.capacity());
        this.events = new AtomicLongArray(round.capacity());
    }

    /** The time of each stage, over the messages that were seen everywhere, in nanoseconds. */
    public record Stages(Histogram toKafka, Histogram toBus, Histogram toClient) {}

    void command(byte[] bytes, int from, int to, long nanos) {
        stamp(commands, bytes, from, to, nanos);
    }

    void event(byte[] bytes, int from, int to, long nanos) {
        stamp(events, bytes, from, to, nanos);
    }

    private void stamp(AtomicLongArray times, byte[] bytes, int from, int to, long nanos) {
        for (int at = MessageIds.find(bytes, from, to); at >= 0; at = MessageIds.find(bytes, at, to)) {
            int number = MessageIds.number(bytes, at);
            if (MessageIds.round(bytes, at) == round.number() && number >= 0 && number < times.length()) {
                times.compareAndSet(number, 0, nanos);
            }
        }
    }

    public Stages stages() {
        Stages stages = new Stages(histogram(), histogram(), histogram());
        for (int i = 0; i < round.sent(); i++) {
            long command = commands.get(i);
            long event = events.get(i);
            long arrived = round.arrived(i);
            if (command != 0 && event != 0 && arrived != 0) {
                record(stages.toKafka(), command - round.due(i));
                record(stages.toBus(), event - command);
                record(stages.toClient(), arrived - event);
            }
        }
        return stages;
    }

    private static Histogram histogram() {
        return new Histogram(MOST_NANOS, 3);
    }

    private static void record(Histogram times, long nanos) {
        times.recordValue(Math.clamp(nanos, 0, MOST_NANOS));
    }
}
