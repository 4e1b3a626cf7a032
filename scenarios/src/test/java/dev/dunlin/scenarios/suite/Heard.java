package dev.dunlin.scenarios.suite;

import dev.dunlin.client.ClientListener;
import dev.dunlin.client.ConnectionState;
import dev.dunlin.client.transport.Transport;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers all that an SDK client heard. Thread-safe. */
public final class Heard implements ClientListener {
    private final List<ServerFrame.LogEvent> events = new CopyOnWriteArrayList<>();
    private final List<UserPresence> presence = new CopyOnWriteArrayList<>();
    private final List<ConnectionState> states = new CopyOnWriteArrayList<>();
    private final List<String> resets = new CopyOnWriteArrayList<>();

    @Override
    public void onEvent(ServerFrame.LogEvent event) {
        events.add(event);
    }

    @Override
    public void onPresence(List<UserPresence> changes) {
        presence.addAll(changes);
    }

    @Override
    public void onReset(ChannelName channel, StreamPosition now) {
        resets.add(channel + " at " + now);
    }

    @Override
    public void onState(ConnectionState state) {
        states.add(state);
    }

    /** The seqs of a channel in the order in which they were surfaced. */
    public List<Long> seqs(ChannelName channel) {
        return events.stream()
                .filter(event -> event.channel().equals(channel))
                .map(ServerFrame.LogEvent::seq)
                .toList();
    }

    /** The client ids of a channel's messages in the order in which they were surfaced. */
    public List<String> ids(ChannelName channel) {
        return events.stream()
                .filter(event -> event.channel().equals(channel))
                .filter(ServerFrame.Message.class::isInstance)
                .map(event -> ((ServerFrame.Message) event).id().value())
                .toList();
    }

    /** Presence changes in order. */
    public List<UserPresence> presence() {
        return List.copyOf(presence);
    }

    /** By which transports the link was up, in order. */
    public List<Transport> transports() {
        return states.stream()
                .filter(ConnectionState.Connected.class::isInstance)
                .map(state -> ((ConnectionState.Connected) state).transport())
                .toList();
    }

    /** How often the link was up. */
    public long connects() {
        return states.stream()
                .filter(ConnectionState.Connected.class::isInstance)
                .count();
    }

    /** Where events were given up, in order. */
    public List<String> resets() {
        return List.copyOf(resets);
    }

    /** What happened to the link, in order. */
    public List<ConnectionState> states() {
        return List.copyOf(states);
    }
}
