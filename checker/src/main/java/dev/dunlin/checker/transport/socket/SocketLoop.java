package dev.dunlin.checker.transport.socket;

import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.Loop;
import dev.dunlin.checker.workload.Who;
import dev.dunlin.protocol.frame.ServerFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one bare link open until it is closed, on its own thread. A link that is refused, closed or
 * silent is replaced by another. Thread-safe.
 */
final class SocketLoop implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SILENT = Duration.ofSeconds(25);
    private static final Duration LATE = Duration.ofSeconds(5);

    private final String name;
    private final Access access;
    private final Who who;
    private final Talks talks;
    private final Random random;
    private volatile @Nullable Loop loop;
    private volatile @Nullable SocketLink link;

    /** Makes the {@link Talk} of a link that was just opened. On the loop's thread. */
    @FunctionalInterface
    interface Talks {
        Talk on(Loop own, SocketLink open);
    }

    /** The conversation on one link. On the loop's thread only. */
    interface Talk {
        /** Sends what is due. Called before each poll, several times a second. */
        void speak();

        /** Receives one frame, in the order of the link. */
        void take(ServerFrame frame) throws InterruptedException;

        /** Its link is over, or is closed directly after this. */
        default void ended() {}
    }

    SocketLoop(String name, Access access, Who who, long seed, Talks talks) {
        this.name = name;
        this.access = access;
        this.who = who;
        this.talks = talks;
        this.random = new Random(seed);
    }

    void open() {
        loop = Loop.start(name, own -> {
            while (!own.isClosed()) {
                try (SocketLink open = SocketLink.open(
                        access.connector(), access.socket(), access.tokens().apply(who))) {
                    link = open;
                    converse(own, open, talks.on(own, open));
                } catch (IOException e) {
                    // the suite is unreachable: try again
                }
                own.pause(Duration.ofMillis(100 + random.nextInt(900)));
            }
        });
    }

    private static void converse(Loop own, SocketLink open, Talk talk) throws InterruptedException {
        try {
            follow(own, open, talk);
        } finally {
            talk.ended();
        }
    }

    private static void follow(Loop own, SocketLink open, Talk talk) throws InterruptedException {
        Duration silent = SILENT;
        long heardNanos = System.nanoTime();
        while (!own.isClosed() && !open.isOver() && System.nanoTime() - heardNanos < silent.toNanos()) {
            talk.speak();
            List<ServerFrame> frames = open.poll(POLL);
            if (!frames.isEmpty()) {
                heardNanos = System.nanoTime();
            }
            for (ServerFrame frame : frames) {
                talk.take(frame);
                if (frame instanceof ServerFrame.Welcome welcome) {
                    silent = silence(Duration.ofSeconds(welcome.heartbeat()));
                } else if (frame instanceof ServerFrame.GoAway) {
                    open.close();
                }
            }
        }
    }

    private static Duration silence(Duration heartbeat) {
        Duration missed = heartbeat.multipliedBy(2).plus(LATE);
        return missed.compareTo(SILENT) < 0 ? missed : SILENT;
    }

    /** Loses the link like a broken network; another one is opened. */
    void cut() {
        SocketLink open = link;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        Loop running = loop;
        if (running != null) {
            running.close();
        }
        cut();
    }
}
