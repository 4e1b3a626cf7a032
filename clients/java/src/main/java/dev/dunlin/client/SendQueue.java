package dev.dunlin.client;

import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes that have no answer yet, in the order in which they were given. A message stays until it is acknowledged or refused for good, over
 * any number of links, always with the same client message id, so that repeating it is safe. Not thread-safe; its owner bounds it.
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

    Optional<Pending> find(Ref ref) {
        return Optional.ofNullable(pending.get(ref));
    }

    Optional<Pending> remove(Ref ref) {
        return Optional.ofNullable(pending.remove(ref));
    }

    /** All of them, oldest first, for a new link. */
    List<ClientFrame.Publish> all() {
        return pending.values().stream()
                .peek(message -> message.checks = 0)
                .map(Pending::frame)
                .toList();
    }

    /** Those that have been waiting since the call before the last: their answers got lost. Call it at regular times. */
    List<ClientFrame.Publish> overdue() {
        return pending.values().stream()
                .filter(message -> ++message.checks > 1)
                .map(Pending::frame)
                .toList();
    }

    /** Takes all out, to fail them. */
    List<Pending> drain() {
        List<Pending> left = new ArrayList<>(pending.values());
        pending.clear();
        return left;
    }
}
