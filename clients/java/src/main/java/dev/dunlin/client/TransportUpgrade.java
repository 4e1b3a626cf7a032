package dev.dunlin.client;

import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.client.transport.FrameLink;
import dev.dunlin.client.transport.Transport;
import dev.dunlin.client.transport.TransportChoice;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Probes better transports beside the link while a fallback is in use. The time between two probes
 * doubles, up to ten minutes. A probe that fails changes nothing. Its connection learns of the
 * probe's {@code welcome} and {@linkplain #take takes} the link over. On the loop only.
 */
final class TransportUpgrade {
    /** The longest time between two probes. */
    private static final Duration MAX_INTERVAL = Duration.ofMinutes(10);

    private final TransportChoice choice;
    private final TokenCache tokens;
    private final Duration firstInterval;
    private final ReconnectDelay delays;
    private final LinkTimers timers;
    private final Executor loop;
    private final BiFunction<Transport, String, FrameLink> open;
    private Duration interval;
    private int probes;
    private EventLoop.Timer next = EventLoop.Timer.NONE;
    private @Nullable FrameLink probe;
    /** Counts the links, so that a token for a probe beside an earlier one opens nothing. */
    private int link;

    /**
     * {@code open} opens a link with a token; its connection calls {@link #schedule} when a probe
     * ends.
     */
    TransportUpgrade(
            Connection.Settings settings,
            ReconnectDelay delays,
            LinkTimers timers,
            BiFunction<Transport, String, FrameLink> open) {
        this.choice = settings.choice();
        this.tokens = settings.tokens();
        this.firstInterval = settings.probe();
        this.interval = firstInterval;
        this.delays = delays;
        this.timers = timers;
        this.loop = settings.loop();
        this.open = open;
    }

    /** The network may be another one: the next interval is the first again. */
    void reset() {
        interval = firstInterval;
    }

    /** Schedules the next probe, unless the best transport is in use. Forgets the probe before. */
    void schedule() {
        probe = null;
        next.cancel();
        if (choice.better().isEmpty()) {
            reset();
            return;
        }
        Duration half = interval.dividedBy(2);
        Duration delay = half.plus(delays.jitter(half));
        Duration doubled = interval.multipliedBy(2);
        interval = doubled.compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : doubled;
        next = timers.after(delay, this::fetchToken);
    }

    boolean isProbe(FrameLink other) {
        return other == probe;
    }

    /** Hands over the probe, which takes the place of the link. */
    FrameLink take() {
        FrameLink better = Objects.requireNonNull(probe, "only a probe is taken");
        probe = null;
        cancel();
        return better;
    }

    /** The link is gone: closes the probe beside it. */
    void cancel() {
        link++;
        FrameLink tried = probe;
        probe = null;
        if (tried != null) {
            tried.close();
        }
    }

    private void fetchToken() {
        List<Transport> better = choice.better();
        if (better.isEmpty() || probe != null) {
            return;
        }
        Transport transport = better.get(probes++ % better.size());
        int mine = link;
        var unused = tokens.current()
                .whenCompleteAsync(
                        (token, failure) -> {
                            if (mine != link || probe != null) {
                                return;
                            }
                            if (failure != null) {
                                schedule();
                            } else {
                                start(transport, token);
                            }
                        },
                        loop);
    }

    private void start(Transport transport, String token) {
        FrameLink tried = open.apply(transport, token);
        probe = tried;
        timers.after(Connection.HANDSHAKE, () -> {
            if (probe == tried) {
                tried.close();
                schedule();
            }
        });
    }
}
