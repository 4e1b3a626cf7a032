package dev.dunlin.checker.transport.socket;

import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.FrameNotes;
import dev.dunlin.checker.transport.Listening;
import dev.dunlin.checker.transport.Loop;
import dev.dunlin.checker.workload.Who;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Listens to one channel over bare links and subscribes to it every second, whether it may or not, as a
 * client would that does not accept its removal.
 */
public final class InsistentListening implements Listening {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ASK = Duration.ofSeconds(1);
    private static final Duration SILENT = Duration.ofSeconds(25);

    private final String name;
    private final Access access;
    private final Who who;
    private final ChannelName channel;
    private final FrameNotes notes;
    private final Random random;
    private volatile @Nullable Loop loop;
    private volatile @Nullable SocketLink link;

    public InsistentListening(String name, Access access, Who who, ChannelName channel, FrameNotes notes, long seed) {
        this.name = name;
        this.access = access;
        this.who = who;
        this.channel = channel;
        this.notes = notes;
        this.random = new Random(seed);
    }

    @Override
    public void open() {
        loop = Loop.start(name, own -> {
            while (!own.isClosed()) {
                try (SocketLink open = SocketLink.open(
                        access.connector(), access.socket(), access.tokens().apply(who))) {
                    link = open;
                    insist(own, open);
                } catch (IOException e) {
                    // the suite is unreachable: try again
                }
                own.pause(Duration.ofMillis(100 + random.nextInt(900)));
            }
        });
    }

    private void insist(Loop own, SocketLink open) throws InterruptedException {
        long heard = System.nanoTime();
        long asked = heard - ASK.toNanos();
        long ref = 0;
        while (!own.isClosed() && !open.isOver() && System.nanoTime() - heard < SILENT.toNanos()) {
            if (System.nanoTime() - asked >= ASK.toNanos()) {
                asked = System.nanoTime();
                open.send(new ClientFrame.Subscribe(Ref.of(++ref), channel, null));
            }
            for (ServerFrame frame : open.poll(POLL)) {
                heard = System.nanoTime();
                notes.take(frame, false);
                if (frame instanceof ServerFrame.GoAway) {
                    open.close();
                }
            }
        }
    }

    @Override
    public void cut() {
        SocketLink open = link;
        if (open != null) {
            open.close();
        }
    }

    /** It keeps no position. */
    @Override
    public void fromStart(ChannelName ignored) {}

    @Override
    public void slow(Duration each) {
        notes.slow(each);
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
