package dev.dunlin.checker.transport.socket;

import dev.dunlin.checker.history.PresenceRecorder;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.workload.Who;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;

/**
 * A client that is only present: it has a bare link while it is open, and its session is active or
 * away. It records when its links begin and end. A link that is lost is replaced within a second.
 * For one thread.
 */
public final class PresentClient implements AutoCloseable {
    private static final Duration PING = Duration.ofSeconds(5);

    private final String name;
    private final Who who;
    private final PresenceRecorder recorder;
    private final SocketLoop links;
    private volatile boolean away;
    private boolean open;

    public PresentClient(String name, Access access, Who who, PresenceRecorder recorder, long seed) {
        this.name = name;
        this.who = who;
        this.recorder = recorder;
        this.links = new SocketLoop(name, access, who, seed, (own, link) -> new Talk(link));
    }

    /** Opens a link, and another one whenever it is lost. */
    public void open() {
        open = true;
        links.open();
    }

    /** Whether it has a link or is opening one. */
    public boolean isOpen() {
        return open;
    }

    /** Sends {@code away} or {@code active} soon, and {@code away} on later links too. */
    public void away(boolean now) {
        away = now;
    }

    /** Whether its session is away. */
    public boolean isAway() {
        return away;
    }

    /** Ends its link; it may be opened again. Blocks for a short time. */
    @Override
    public void close() {
        open = false;
        links.close();
    }

    private final class Talk implements SocketLoop.Talk {
        private final SocketLink link;
        private long pinged = System.nanoTime();
        private boolean welcome;
        private boolean sentAway;

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
            boolean wanted = away;
            if (welcome && wanted != sentAway) {
                sentAway = wanted;
                link.send(wanted ? new ClientFrame.Away() : new ClientFrame.Active());
                recorder.changed(name, wanted);
            }
        }

        @Override
        public void take(ServerFrame frame) {
            if (frame instanceof ServerFrame.Welcome welcomed) {
                welcome = true;
                recorder.opened(who.user(), name, welcomed.node().value());
            }
        }

        @Override
        public void ended() {
            recorder.closed(name);
        }
    }
}
