package dev.dunlin.checker.transport.socket;

import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.FrameNotes;
import dev.dunlin.checker.transport.Listening;
import dev.dunlin.checker.workload.Who;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;

/**
 * Listens to one channel over bare links, and subscribes to it every second whether it may or not,
 * like a client that ignores its removal.
 */
public final class InsistentListening implements Listening {
    private static final Duration ASK = Duration.ofSeconds(1);

    private final FrameNotes notes;
    private final SocketLoop links;

    public InsistentListening(String name, Access access, Who who, ChannelName channel, FrameNotes notes, long seed) {
        this.notes = notes;
        this.links = new SocketLoop(name, access, who, seed, (own, open) -> new Talk(open, channel, notes));
    }

    @Override
    public void open() {
        links.open();
    }

    @Override
    public void cut() {
        links.cut();
    }

    /** No effect: it keeps no position. */
    @Override
    public void fromStart(ChannelName ignored) {}

    @Override
    public void slow(Duration each) {
        notes.slow(each);
    }

    @Override
    public void close() {
        links.close();
    }

    private static final class Talk implements SocketLoop.Talk {
        private final SocketLink open;
        private final ChannelName channel;
        private final FrameNotes notes;
        private long asked = System.nanoTime() - ASK.toNanos();
        private long lastRef;

        Talk(SocketLink open, ChannelName channel, FrameNotes notes) {
            this.open = open;
            this.channel = channel;
            this.notes = notes;
        }

        @Override
        public void speak() {
            long now = System.nanoTime();
            if (now - asked >= ASK.toNanos()) {
                asked = now;
                open.send(new ClientFrame.Subscribe(Ref.of(++lastRef), channel, null));
            }
        }

        @Override
        public void take(ServerFrame frame) throws InterruptedException {
            notes.take(frame, false);
        }
    }
}
