package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the log's state that a batch touches: as it was loaded, with what the batch changes.
 * The store writes what changed. For one batch and one thread; a batch that is retried starts from
 * a new one.
 */
public final class LogState {
    private final Layer<ChannelName, ChannelState> channels;
    private final Layer<Keys.OfUser, MemberState> members;
    private final Layer<Keys.OfUser, MarkState> marks;
    private final Layer<Keys.OfSeq, MessageState> messages;
    private final Layer<Keys.OfReaction, ReactionState> reactions;
    private final Map<Keys.OfClientId, Long> seqs = new HashMap<>();
    private final Map<Keys.OfRecord, LoggedEvent> logged;
    private final List<LoggedEvent> appended = new ArrayList<>();
    private @Nullable Epoch first;

    /**
     * {@code logged} holds the events that records of this batch became before, which are replayed.
     */
    public LogState(
            Map<ChannelName, ChannelState> channels,
            Map<Keys.OfUser, MemberState> members,
            Map<Keys.OfUser, MarkState> marks,
            Map<Keys.OfSeq, MessageState> messages,
            Map<Keys.OfReaction, ReactionState> reactions,
            Map<Keys.OfRecord, LoggedEvent> logged) {
        this.channels = new Layer<>(channels);
        this.members = new Layer<>(members);
        this.marks = new Layer<>(marks);
        this.messages = new Layer<>(messages);
        this.reactions = new Layer<>(reactions);
        this.logged = logged;
        messages.forEach(this::index);
    }

    /**
     * Sets the epoch of the first numbering of a channel. It is the same for all who load from the
     * store.
     */
    public LogState startingIn(@Nullable Epoch ofStore) {
        first = ofStore;
        return this;
    }

    Optional<Epoch> first() {
        return Optional.ofNullable(first);
    }

    /**
     * What several consecutive batches changed, as one. Each batch found the state that those
     * before it left, whether it was stored by then or not. For the store only: nothing is
     * sequenced over it.
     */
    public static LogState merged(List<LogState> batches) {
        if (batches.size() == 1) {
            return batches.getFirst();
        }
        LogState merged = new LogState(
                new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), Map.of());
        for (LogState batch : batches) {
            merged.channels.add(batch.channels);
            merged.members.add(batch.members);
            merged.marks.add(batch.marks);
            merged.messages.add(batch.messages);
            merged.reactions.add(batch.reactions);
            merged.appended.addAll(batch.appended);
        }
        return merged;
    }

    public Layer<ChannelName, ChannelState> channels() {
        return channels;
    }

    public Layer<Keys.OfUser, MemberState> members() {
        return members;
    }

    public Layer<Keys.OfUser, MarkState> marks() {
        return marks;
    }

    public Layer<Keys.OfSeq, MessageState> messages() {
        return messages;
    }

    public Layer<Keys.OfReaction, ReactionState> reactions() {
        return reactions;
    }

    /** The events that the batch appended, in order. */
    public List<LoggedEvent> appended() {
        return appended;
    }

    /** Whether the batch changed anything that has to be stored. */
    public boolean changed() {
        return !(channels.changes().isEmpty()
                && members.changes().isEmpty()
                && marks.changes().isEmpty());
    }

    void append(LoggedEvent event) {
        appended.add(event);
    }

    void addMessage(Keys.OfSeq key, MessageState message) {
        messages.put(key, message);
        index(key, message);
    }

    Optional<Keys.OfSeq> findByClientId(Keys.OfClientId key) {
        return Optional.ofNullable(seqs.get(key)).map(seq -> new Keys.OfSeq(key.channel(), seq));
    }

    Optional<LoggedEvent> findLogged(CommandRecord record) {
        return Optional.ofNullable(logged.get(new Keys.OfRecord(record.channel(), record.position())));
    }

    Map<Keys.OfRecord, LoggedEvent> logged() {
        return logged;
    }

    private void index(Keys.OfSeq key, MessageState message) {
        // An id that was forgotten may be in use again: the newest counts.
        seqs.merge(new Keys.OfClientId(key.channel(), message.sender(), message.id()), key.seq(), Math::max);
    }
}
