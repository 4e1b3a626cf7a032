package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.Sequenced;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether the current batch waits for something that fails. Thread-safe. */
public final class LogHealth implements BatchObserver {
    private final InstantSource clock;
    private final AtomicReference<@Nullable Trouble> trouble = new AtomicReference<>();

    public LogHealth(InstantSource clock) {
        this.clock = clock;
    }

    /** What fails, and since when. */
    public record Trouble(Instant since, String why) {}

    /** Empty if all goes well. */
    public Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble.get());
    }

    @Override
    public void processed(List<Sequenced> batch, long nanos) {
        trouble.set(null);
    }

    @Override
    public void stored(int batches, long nanos) {}

    @Override
    public void retried(String why) {
        trouble.updateAndGet(before -> new Trouble(before == null ? clock.instant() : before.since(), why));
    }

    @Override
    public void deadLettered(DeadLetters.Reason reason) {}

    @Override
    public void diverged() {}
}
