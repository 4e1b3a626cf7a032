package dev.dunlin.client;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Publishes that have no answer yet, in the order in which they were given. A message stays until
 * it is acknowledged or refused for good, over any number of links, always with the same client
 * message id, so that repeating it is safe. Of each channel only the oldest is under way: a later
 * one cannot overtake one that the suite asked to repeat. Not thread-safe; its owner bounds it.
 */
final class SendQueue {
    /** A publish and who waits for it. */
    static final class Pending {
        private final ClientFrame.Publish frame;
        private final CompletableFuture<ServerFrame.Ack> ack;
        private int refusals;
        private int checks;

        Pending(ClientFrame.Publish frame, CompletableFuture<ServerFrame.Ack> ack) {
            this.frame = frame;
            this.ack = ack;
        }

        ClientFrame.Publish frame() {
            return frame;
        }

        CompletableFuture<ServerFrame.Ack> ack() {
            return ack;
        }

        /** How often the suite said "later". */
        int countRefusal() {
            return ++refusals;
        }
    }

    private final Map<Ref, Pending> pending = new LinkedHashMap<>();

    void add(Ref ref, Pending message) {
        pending.put(ref, message);
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    Optional<Pending> find(Ref ref) {
        return Optional.ofNullable(pending.get(ref));
    }

    Optional<Pending> remove(Ref ref) {
        return Optional.ofNullable(pending.remove(ref));
    }

    /** The oldest of that channel: the one to be under way. */
    Optional<ClientFrame.Publish> next(ChannelName channel) {
        return pending.values().stream()
                .map(Pending::frame)
                .filter(frame -> frame.channel().equals(channel))
                .findFirst();
    }

    /** The oldest of each channel, for a new link. */
    List<ClientFrame.Publish> heads() {
        return oldest().peek(message -> message.checks = 0).map(Pending::frame).toList();
    }

    /**
     * Those under way since the call before the last: their answers got lost. Call it at regular
     * times.
     */
    List<ClientFrame.Publish> overdue() {
        return oldest().filter(message -> ++message.checks > 1)
                .map(Pending::frame)
                .toList();
    }

    private Stream<Pending> oldest() {
        Set<ChannelName> seen = new HashSet<>();
        return pending.values().stream()
                .filter(message -> seen.add(message.frame().channel()));
    }

    /** Takes all out, to fail them. */
    List<Pending> drain() {
        List<Pending> left = new ArrayList<>(pending.values());
        pending.clear();
        return left;
    }
}
