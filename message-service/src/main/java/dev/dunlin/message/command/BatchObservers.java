package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.Sequenced;
import java.util.List;

/** Several observers as one. */
public record BatchObservers(List<BatchObserver> all) implements BatchObserver {
    public BatchObservers {
        all = List.copyOf(all);
    }

    @Override
    public void processed(List<Sequenced> batch, long nanos) {
        all.forEach(one -> one.processed(batch, nanos));
    }

    @Override
    public void stored(int batches, long nanos) {
        all.forEach(one -> one.stored(batches, nanos));
    }

    @Override
    public void retried(String why) {
        all.forEach(one -> one.retried(why));
    }

    @Override
    public void deadLettered(DeadLetters.Reason reason) {
        all.forEach(one -> one.deadLettered(reason));
    }

    @Override
    public void diverged() {
        all.forEach(BatchObserver::diverged);
    }
}
