package dev.dunlin.message.testing;

import dev.dunlin.message.command.Append;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.Layer;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.message.sequencer.MarkState;
import dev.dunlin.message.sequencer.MemberState;
import dev.dunlin.message.sequencer.MessageState;
import dev.dunlin.message.sequencer.ReactionState;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The log in maps, thread-safe. It keeps the contract of {@link ChannelLog}, and loads no more than
 * was asked for.
 */
public final class MemoryLog implements ChannelLog {
    private final Map<ChannelName, ChannelState> channels = new HashMap<>();
    private final Map<Keys.OfUser, MemberState> members = new HashMap<>();
    private final Map<Keys.OfUser, MarkState> marks = new HashMap<>();
    private final Map<Keys.OfSeq, MessageState> messages = new HashMap<>();
    private final Map<Keys.OfReaction, ReactionState> reactions = new HashMap<>();
    private final List<LoggedEvent> events = new ArrayList<>();

    @Override
    public synchronized LogState load(Touched touched) {
        Map<Keys.OfSeq, MessageState> found = new HashMap<>(messages);
        found.entrySet().removeIf(entry -> !asked(touched, entry.getKey(), entry.getValue()));
        return new LogState(
                only(channels, touched.channels()),
                members(touched),
                only(marks, touched.marks()),
                found,
                only(
                        reactions,
                        reactions.keySet().stream()
                                .filter(key -> touched.reactors().contains(key.reactor()))
                                .toList()),
                logged(touched));
    }

    @Override
    public boolean loadsBesideAppends() {
        return true;
    }

    @Override
    public synchronized Append append(LogState state) {
        for (ChannelName name : state.channels().changes().keySet()) {
            Optional<LogPosition> expected = state.channels().before(name).map(ChannelState::applied);
            if (!expected.equals(Optional.ofNullable(channels.get(name)).map(ChannelState::applied))) {
                return new Append.Stale(name + " was changed");
            }
        }
        apply(state.channels(), channels);
        apply(state.members(), members);
        applyMarks(state.marks());
        apply(state.messages(), messages);
        apply(state.reactions(), reactions);
        events.addAll(state.appended());
        return Append.STORED;
    }

    @Override
    public synchronized Optional<List<Keys.OfClientId>> clientIds(ChannelName channel) {
        return Optional.of(messages.entrySet().stream()
                .filter(entry -> entry.getKey().channel().equals(channel))
                .map(entry -> new Keys.OfClientId(
                        channel, entry.getValue().sender(), entry.getValue().id()))
                .toList());
    }

    /** The events of a channel, in the order in which they were stored. */
    public synchronized List<LoggedEvent> events(ChannelName channel) {
        return events.stream()
                .filter(logged -> logged.event().channel().equals(channel))
                .toList();
    }

    public Optional<MessageState> message(ChannelName channel, long seq) {
        return Optional.ofNullable(messages.get(new Keys.OfSeq(channel, seq)));
    }

    public synchronized Optional<MarkState> mark(ChannelName channel, UserId user) {
        return Optional.ofNullable(marks.get(new Keys.OfUser(channel, user)));
    }

    /** Removes all rows of a channel but its own, as the background does after a deletion. */
    public void forget(ChannelName channel) {
        members.keySet().removeIf(key -> key.channel().equals(channel));
        marks.keySet().removeIf(key -> key.channel().equals(channel));
        messages.keySet().removeIf(key -> key.channel().equals(channel));
        reactions.keySet().removeIf(key -> key.channel().equals(channel));
        events.removeIf(logged -> logged.event().channel().equals(channel));
    }

    private Map<Keys.OfUser, MemberState> members(Touched touched) {
        Map<Keys.OfUser, MemberState> found = only(members, touched.users());
        members.forEach((key, member) -> {
            if (member.role() == Role.OWNER && touched.owners().contains(key.channel())) {
                found.put(key, member);
            }
        });
        return found;
    }

    private Map<Keys.OfRecord, LoggedEvent> logged(Touched touched) {
        Map<Keys.OfRecord, LoggedEvent> found = new HashMap<>();
        events.forEach(logged -> found.put(new Keys.OfRecord(logged.event().channel(), logged.position()), logged));
        found.keySet().retainAll(touched.records());
        return found;
    }

    private static boolean asked(Touched touched, Keys.OfSeq key, MessageState message) {
        return touched.messages().contains(key)
                || touched.clientIds().contains(new Keys.OfClientId(key.channel(), message.sender(), message.id()));
    }

    private static <K, V> Map<K, V> only(Map<K, V> all, Iterable<K> keys) {
        Map<K, V> found = new HashMap<>();
        keys.forEach(key -> {
            V value = all.get(key);
            if (value != null) {
                found.put(key, value);
            }
        });
        return found;
    }

    /** A late writer does not move them back. */
    private void applyMarks(Layer<Keys.OfUser, MarkState> layer) {
        layer.changes().forEach((key, change) -> {
            if (change.isPresent()) {
                marks.merge(
                        key,
                        change.get(),
                        (before, now) -> new MarkState(
                                Math.max(before.read(), now.read()),
                                Math.max(before.received(), now.received()),
                                now.position()));
            } else {
                marks.remove(key);
            }
        });
    }

    private static <K, V> void apply(Layer<K, V> layer, Map<K, V> into) {
        layer.changes().forEach((key, change) -> {
            if (change.isPresent()) {
                into.put(key, change.get());
            } else {
                into.remove(key);
            }
        });
    }
}
