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
 * The records of one poll while {@link CommandProcessor} works on them. One stage owns a batch at a
 * time. Any thread may wait for its futures, and then sees what the stage wrote.
 */
public final class Batch {
    private final List<CommandRecord> records;
    private final List<Unreadable> unreadable;
    private final DeadLetters deadLetters;
    private final long startNanos = System.nanoTime();
    private final CompletableFuture<Void> sequenced = new CompletableFuture<>();
    private final CompletableFuture<Void> stored = new CompletableFuture<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private @Nullable LogState state;
    private List<Sequenced> outcomes = List.of();
    private List<Bus.Publication> replies = List.of();
    private List<EventStream.Entry> entries = List.of();
    private CompletableFuture<Void> announcing = CompletableFuture.completedFuture(null);

    /** A record that is not a command, and why. */
    public record Unreadable(LogPosition position, String why) {}

    /** The records of a partition stand in the order of their offsets. */
    public Batch(List<CommandRecord> records, List<Unreadable> unreadable, DeadLetters deadLetters) {
        this.records = List.copyOf(records);
        this.unreadable = List.copyOf(unreadable);
        this.deadLetters = deadLetters;
    }

    /**
     * Completes when the processor may take the next batch: this one has its seqs, or has ended.
     * Never fails.
     */
    public CompletableFuture<Void> sequenced() {
        return sequenced;
    }

    /** Completes when this batch and all before it are stored, or will not be. Never fails. */
    public CompletableFuture<Void> stored() {
        return stored;
    }

    /**
     * Completes when this batch and all before it are stored and published. If it fails, it is safe
     * to give the same records again.
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

    /** It has its seqs and is being published, and is not yet stored. */
    void announce(LogState after, List<Sequenced> as, FanOut fanOut, CompletableFuture<Void> publication) {
        state = after;
        announcing = publication;
        sequencedAs(as, fanOut.second(), fanOut.entries());
    }

    /** Its outcomes, and what to publish for them once it is stored. */
    void sequencedAs(List<Sequenced> as, List<Bus.Publication> toReply, List<EventStream.Entry> toStream) {
        outcomes = as;
        replies = toReply;
        entries = toStream;
    }

    /** It has ended, and must be taken again. */
    void fail(RuntimeException why) {
        stored.complete(null);
        done.completeExceptionally(why);
    }

    /** The state that it leaves, which is not yet stored. */
    LogState state() {
        return Objects.requireNonNull(state);
    }

    /** Forgets the state: it is stored now, or never will be. */
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

    /** Waits for this too before the batch is done. */
    void await(CompletableFuture<Void> more) {
        announcing = CompletableFuture.allOf(announcing, more);
    }

    CompletableFuture<Void> announced() {
        return announcing;
    }
}
