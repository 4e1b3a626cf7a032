package dev.dunlin.connection.catchup;

import dev.dunlin.connection.link.Outbox;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.EventPage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sends one link what it missed of one channel, a page at a time and no faster than the link takes it, so that a replay never fills the outbox. On the link's loop only.
 */
public final class Replay {
    private static final int ATTEMPTS = 6;
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final ChannelName channel;
    private final EventLog log;
    private final Outbox outbox;
    private final Executor loop;
    private final Listener listener;
    private final ArrayDeque<ServerFrame.LogEvent> page = new ArrayDeque<>();
    private final HubLoop timer;
    private int attempt;
    private long position;
    private long target;
    private boolean stopped;

    /** What becomes of it, on the link's loop. */
    public interface Listener {
        /** Once, before anything is sent: whether everything after the position can follow. If not, nothing is sent and the replay is over. */
        void begins(boolean whole);

        /** Everything up to and with {@code position} was sent. */
        void done(long position);

        /** It cannot go on; what was sent ends at {@code position}. {@code begins} may not have been called. */
        void failed(long position, String why);
    }

    /** Everything after {@code after}, up to and with {@code target}. */
    public Replay(
            ChannelName channel,
            long after,
            long target,
            EventLog log,
            Outbox outbox,
            Executor loop,
            HubLoop timer,
            Listener listener) {
        this.channel = channel;
        this.position = after;
        this.target = target;
        this.log = log;
        this.outbox = outbox;
        this.loop = loop;
        this.timer = timer;
        this.listener = listener;
    }

    /** Starts. */
    public void start() {
        fetch(true);
    }

    /** Goes on until a later event. */
    public void extendTo(long later) {
        target = Math.max(target, later);
    }

    /** Ends it; the listener hears nothing more. */
    public void stop() {
        stopped = true;
        page.clear();
    }

    private void fetch(boolean first) {
        var unused = log.events(channel, position)
                .whenComplete((got, failure) -> loop.execute(() -> fetched(got, failure, first)));
    }

    private void fetched(@Nullable EventPage got, @Nullable Throwable failure, boolean first) {
        if (stopped) {
            return;
        }
        if (got == null) {
            tryAgain(first, String.valueOf(failure));
            return;
        }
        boolean whole = got.first() <= position + 1;
        if (whole && got.events().isEmpty()) {
            tryAgain(first, "the log ends before " + target); // the store may be a moment behind the bus
            return;
        }
        attempt = 0;
        if (first) {
            listener.begins(whole);
        } else if (!whole) {
            listener.failed(position, "no longer retained");
        }
        if (whole) {
            page.addAll(got.events());
            send();
        }
    }

    private void tryAgain(boolean first, String why) {
        if (++attempt >= ATTEMPTS) {
            stopped = true;
            listener.failed(position, why);
        } else {
            timer.after(
                    PAUSE.multipliedBy(1L << attempt),
                    () -> loop.execute(() -> {
                        if (!stopped) {
                            fetch(first);
                        }
                    }));
        }
    }

    private void send() {
        while (!stopped && outbox.roomy() && !page.isEmpty() && position < target) {
            ServerFrame.LogEvent event = page.remove();
            if (event.seq() == position + 1) {
                position = event.seq();
                outbox.offer(Json.write(event));
            }
        }
        if (stopped) {
            return;
        }
        if (position >= target) {
            stopped = true;
            listener.done(position);
        } else if (!page.isEmpty()) {
            outbox.whenRoomy(this::send);
        } else {
            fetch(false);
        }
    }
}
