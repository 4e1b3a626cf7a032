package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Sequenced;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One poll's records on their way through {@link CommandProcessor}. At any time one stage has it;
 * the futures may be waited for by any thread, and what they speak of is seen by whoever waited.
 */
public final class Batch {
    private final List<CommandRecord> records;
    private final List<Unreadable> unreadable;
    private final DeadLetters deadLetters;
    private final long startNanos = System.nanoTime();
    private final CompletableFuture<Void> sequenced = new CompletableFuture<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private @Nullable LogState state;
    private List<Sequenced> outcomes = List.of();
    private List<Bus.Publication> replies = List.of();
    private List<EventStream.Entry> entries = List.of();
    private CompletableFuture<Void> announcing = CompletableFuture.completedFuture(null);

    /** A record that is no command, and why. */
    public record Unreadable(LogPosition position, String why) {}

    /** Those of a partition in the order of their offsets. */
    public Batch(List<CommandRecord> records, List<Unreadable> unreadable, DeadLetters deadLetters) {
        this.records = List.copyOf(records);
        this.unreadable = List.copyOf(unreadable);
        this.deadLetters = deadLetters;
    }

    /** Completes when the next batch may be taken: this one is numbered, or over. Never fails. */
    public CompletableFuture<Void> sequenced() {
        return sequenced;
    }

    /**
     * Completes when all is stored and told, and all before it is, or fails; then to give the same
     * records again is safe.
     */
    public CompletableFuture<Void> done() {
        return done;
    }

    List<CommandRecord> records() {
        return records;
    }

    List<Unreadable> unreadable() {
        return unreadable;
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    long nanos() {
        return System.nanoTime() - startNanos;
    }

    /** It is numbered and being told, and not stored. */
    void announce(LogState after, List<Sequenced> as, FanOut fanOut, CompletableFuture<Void> publication) {
        state = after;
        announcing = publication;
        resequenced(as, fanOut.second(), fanOut.entries());
    }

    /** It is stored, by {@link Resequencer}. */
    void resequenced(List<Sequenced> as, List<Bus.Publication> toReply, List<EventStream.Entry> toStream) {
        outcomes = as;
        replies = toReply;
        entries = toStream;
    }

    /** What it leaves, and has to be stored. */
    LogState state() {
        return Objects.requireNonNull(state);
    }

    /** It is stored, or never will be: what it left is in the store, or counts no more. */
    void forgetState() {
        state = null;
    }

    boolean isInFlight() {
        return state != null;
    }

    List<Sequenced> outcomes() {
        return outcomes;
    }

    List<Bus.Publication> replies() {
        return replies;
    }

    List<EventStream.Entry> entries() {
        return entries;
    }

    /** Also wait for this before it is done. */
    void await(CompletableFuture<Void> more) {
        announcing = CompletableFuture.allOf(announcing, more);
    }

    CompletableFuture<Void> announced() {
        return announcing;
    }
}
