package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ChannelName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The state that a batch finds while earlier batches are sequenced and not yet stored: the loaded
 * state, with the changes of those batches over it, the newest on top. It equals what a load would
 * give after they are stored. Pure.
 */
public final class InFlightState {
    private final Touched touched;
    private final LogState loaded;
    private final List<LogState> inFlight;

    private InFlightState(Touched touched, LogState loaded, List<LogState> inFlight) {
        this.touched = touched;
        this.loaded = loaded;
        this.inFlight = inFlight;
    }

    /**
     * The state after {@code inFlight}, the oldest first: all batches that were not stored when the
     * load began. Some of them may have been stored before it ended. Empty if a channel was loaded
     * in a state that none of those batches found or left. Then another process has written it, and
     * a mixture of both states must not number anything.
     */
    public static Optional<LogState> over(Touched touched, LogState loaded, List<LogState> inFlight) {
        if (inFlight.isEmpty()) {
            return Optional.of(loaded);
        }
        InFlightState over = new InFlightState(touched, loaded, inFlight);
        return touched.channels().stream().allMatch(over::isKnown) ? Optional.of(over.state()) : Optional.empty();
    }

    private boolean isKnown(ChannelName name) {
        Optional<LogPosition> found = loaded.channels().before(name).map(ChannelState::applied);
        boolean changed = false;
        for (LogState batch : inFlight) {
            Optional<ChannelState> left = batch.channels().changes().get(name);
            if (left == null) {
                continue;
            }
            Optional<LogPosition> before = batch.channels().before(name).map(ChannelState::applied);
            if (found.equals(before) || found.equals(left.map(ChannelState::applied))) {
                return true;
            }
            changed = true;
        }
        return !changed;
    }

    private LogState state() {
        Map<Keys.OfSeq, MessageState> messages = new HashMap<>(loaded.messages().loaded());
        overlay(messages, Set.copyOf(messages.keySet()), LogState::messages);
        overlay(messages, touched.messages(), LogState::messages);
        for (Keys.OfClientId id : touched.clientIds()) {
            for (LogState batch : inFlight) {
                batch.findByClientId(id).ifPresent(key -> overlay(messages, Set.of(key), LogState::messages));
            }
        }
        return new LogState(
                        overlaid(touched.channels(), LogState::channels),
                        overlaid(members(), LogState::members),
                        overlaid(touched.marks(), LogState::marks),
                        messages,
                        overlaid(reactions(), LogState::reactions),
                        logged())
                .startingIn(loaded.first().orElse(null));
    }

    /**
     * Reactions that batches in flight changed, of the reactors that this batch touches. The others
     * are as they were loaded.
     */
    private Set<Keys.OfReaction> reactions() {
        return inFlight.stream()
                .flatMap(batch -> batch.reactions().changes().keySet().stream())
                .filter(key -> touched.reactors().contains(key.reactor()))
                .collect(Collectors.toSet());
    }

    /**
     * Owners are loaded by their role. A member whose role has changed since then is among the
     * loaded or among the changed ones.
     */
    private Set<Keys.OfUser> members() {
        Set<Keys.OfUser> members = new HashSet<>(touched.users());
        for (LogState batch : inFlight) {
            batch.members().changes().keySet().stream()
                    .filter(key -> touched.owners().contains(key.channel()))
                    .forEach(members::add);
        }
        return members;
    }

    private <K, V> Map<K, V> overlaid(Set<K> keys, Function<LogState, Layer<K, V>> layer) {
        Map<K, V> found = new HashMap<>(layer.apply(loaded).loaded());
        overlay(found, keys, layer);
        return found;
    }

    private <K, V> void overlay(Map<K, V> found, Set<K> keys, Function<LogState, Layer<K, V>> layer) {
        for (LogState batch : inFlight) {
            Map<K, Optional<V>> changes = layer.apply(batch).changes();
            if (changes.isEmpty()) {
                continue;
            }
            for (K key : keys) {
                Optional<V> change = changes.get(key);
                if (change != null) {
                    change.ifPresentOrElse(value -> found.put(key, value), () -> found.remove(key));
                }
            }
        }
    }

    /** The events of records that are polled again while their batch is in flight. */
    private Map<Keys.OfRecord, LoggedEvent> logged() {
        Map<Keys.OfRecord, LoggedEvent> logged = new HashMap<>(loaded.logged());
        for (LogState batch : inFlight) {
            for (LoggedEvent event : batch.appended()) {
                Keys.OfRecord key = new Keys.OfRecord(event.event().channel(), event.position());
                if (touched.records().contains(key)) {
                    logged.put(key, event);
                }
            }
        }
        return logged;
    }
}
