package dev.dunlin.connection.catchup;

import dev.dunlin.connection.link.Outbox;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.edge.Backoff;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sends one link the events that it missed of one channel. It fetches a page at a time and sends no
 * faster than the link takes it, so a replay never fills the outbox. On the link's loop.
 */
public final class Replay {
    private final ChannelName channel;
    private final Epoch epoch;
    private final Context context;
    private final Listener listener;
    private final ArrayDeque<LoggedFrame> page = new ArrayDeque<>();
    private int attempt;
    private long position;
    private long target;
    private boolean begun;
    private boolean stopped;

    /**
     * What a replay needs of its session and of the node.
     *
     * @param loop of the link
     * @param filter hides what the user may not see
     */
    public record Context(
            PageSource pages, Outbox outbox, Executor loop, HubLoop timer, Patience patience, HistoryFilter filter) {}

    /**
     * How long to try when the log does not answer, or ends before the target because the store is
     * behind the bus.
     *
     * @param attempts how often
     * @param pause before the second; doubles with each
     */
    public record Patience(int attempts, Duration pause) {
        private static final int LONGEST_PAUSE = 64; // times the first one

        /** The pause before attempt number {@code next}, counted from 2. */
        public Duration before(int next) {
            return new Backoff(pause, pause.multipliedBy(LONGEST_PAUSE)).after(next - 1);
        }
    }

    /** Reports the progress, on the link's loop. */
    public interface Listener {
        /**
         * Called once, before anything is sent.
         *
         * @param whole whether everything after the position follows; if not, the replay is over
         */
        void begins(boolean whole);

        /** Everything up to and with {@code position} was sent. */
        void done(long position);

        /**
         * It cannot continue; what was sent ends at {@code position}. {@code begins} may not have
         * been called.
         */
        void failed(long position, String why);

        /** The log was rebuilt, so the position is void; it cannot continue. */
        void lost();
    }

    /** A replay of everything after {@code after}, up to and including {@code target}. */
    public Replay(ChannelName channel, Epoch epoch, long after, long target, Context context, Listener listener) {
        this.channel = channel;
        this.epoch = epoch;
        this.position = after;
        this.target = target;
        this.context = context;
        this.listener = listener;
    }

    /** Starts. */
    public void start() {
        attempt = 1;
        fetch();
    }

    /** Continues up to a later event. */
    public void extendTo(long later) {
        target = Math.max(target, later);
    }

    /** Stops it where it is and reports a failure. */
    public void interrupt() {
        if (!stopped) {
            stop();
            listener.failed(position, "interrupted");
        }
    }

    /** Ends it without a call to the listener. */
    public void stop() {
        stopped = true;
        page.clear();
    }

    private void fetch() {
        var unused = context.pages()
                .after(channel, position)
                .whenComplete((got, failure) -> context.loop().execute(() -> fetched(got, failure)));
    }

    private void fetched(@Nullable FramePage got, @Nullable Throwable failure) {
        if (stopped) {
            return;
        }
        if (got == null) {
            tryAgain(String.valueOf(failure));
        } else if (!got.epoch().equals(epoch)) {
            stop();
            listener.lost();
        } else if (got.first() > position + 1) {
            noLongerRetained();
        } else {
            take(got);
        }
    }

    private void noLongerRetained() {
        stop();
        if (begun) {
            listener.failed(position, "no longer retained");
        } else {
            listener.begins(false);
        }
    }

    private void take(FramePage got) {
        got.frames().stream().filter(event -> event.seq() > position).forEach(page::add);
        LoggedFrame next = page.peek();
        if (next == null || next.seq() != position + 1) {
            page.clear();
            tryAgain("the log ends before " + target);
            return;
        }
        attempt = 1;
        if (!begun) {
            begun = true;
            listener.begins(true);
        }
        send();
    }

    private void tryAgain(String why) {
        if (attempt >= context.patience().attempts()) {
            stop();
            listener.failed(position, why);
        } else {
            context.timer()
                    .after(
                            context.patience().before(++attempt),
                            () -> context.loop().execute(() -> {
                                if (!stopped) {
                                    fetch();
                                }
                            }));
        }
    }

    private void send() {
        while (!stopped && context.outbox().roomy() && position < target && nextIsNext()) {
            LoggedFrame event = page.remove();
            position = event.seq();
            context.outbox().offer(context.filter().show(event.frame()));
        }
        if (stopped) {
            return;
        }
        if (position >= target) {
            stop();
            listener.done(position);
        } else if (nextIsNext()) {
            context.outbox().whenRoomy(this::send);
        } else {
            page.clear();
            fetch();
        }
    }

    private boolean nextIsNext() {
        LoggedFrame next = page.peek();
        return next != null && next.seq() == position + 1;
    }
}
