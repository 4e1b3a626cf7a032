package dev.dunlin.checker.transport.socket;

import dev.dunlin.checker.history.PresenceRecorder;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.workload.Who;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Duration;
import java.util.List;

/**
 * Watches the presence of users over bare links, and records every status that it receives. It asks
 * on each link until it has an answer, and not again after that. Thread-safe.
 */
public final class PresenceWatching implements AutoCloseable {
    private static final Duration PING = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration UNANSWERED = Duration.ofSeconds(6);

    private final String name;
    private final List<UserId> users;
    private final PresenceRecorder recorder;
    private final SocketLoop links;

    /** {@code users}: at most 100, the most that one frame names. */
    public PresenceWatching(
            String name, Access access, Who who, List<UserId> users, PresenceRecorder recorder, long seed) {
        this.name = name;
        this.users = List.copyOf(users);
        this.recorder = recorder;
        this.links = new SocketLoop(name, access, who, seed, (own, link) -> new Talk(link));
    }

    /** Starts. */
    public void open() {
        links.open();
    }

    @Override
    public void close() {
        links.close();
    }

    private final class Talk implements SocketLoop.Talk {
        private final SocketLink link;
        private long pinged = System.nanoTime();
        private long askAt = pinged;
        private boolean answered;
        private long lastRef;

        Talk(SocketLink link) {
            this.link = link;
        }

        @Override
        public void speak() {
            long now = System.nanoTime();
            if (now - pinged > PING.toNanos()) {
                pinged = now;
                link.send(new ClientFrame.Ping(null));
            }
            if (!answered && now - askAt >= 0) {
                askAt = now + UNANSWERED.toNanos();
                link.send(new ClientFrame.Presence(Ref.of(++lastRef), users, true));
            }
        }

        @Override
        public void take(ServerFrame frame) {
            switch (frame) {
                case ServerFrame.PresenceState state -> {
                    answered = true;
                    note(state.users());
                }
                case ServerFrame.Presence presence -> note(presence.changes());
                case ServerFrame.ErrorReply _ -> askAt = System.nanoTime() + AGAIN.toNanos();
                default -> {}
            }
        }

        private void note(List<UserPresence> statuses) {
            statuses.forEach(one -> recorder.noticed(name, one.user(), one.status()));
        }
    }
}
