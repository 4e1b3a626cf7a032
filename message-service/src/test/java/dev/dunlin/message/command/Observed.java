package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.Sequenced;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it saw. */
final class Observed implements BatchObserver {
    final List<String> retries = new ArrayList<>();
    final List<DeadLetters.Reason> deadLettered = new ArrayList<>();
    final List<Integer> writes = new ArrayList<>();
    int diverged;

    @Override
    public void processed(List<Sequenced> batch, long nanos) {}

    @Override
    public void stored(int batches, long nanos) {
        writes.add(batches);
    }

    @Override
    public void retried(String why) {
        retries.add(why);
    }

    @Override
    public void deadLettered(DeadLetters.Reason reason) {
        deadLettered.add(reason);
    }

    @Override
    public void diverged() {
        diverged++;
    }
}
