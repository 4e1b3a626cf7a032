package dev.dunlin.connection.subscription;

import dev.dunlin.connection.catchup.EventLog;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.edge.Backoff;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.http.HeadList;
import dev.dunlin.protocol.http.HeadsQuery;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Compares the positions of channels on this node with the log, many in one call. Only a channel
 * that is behind fetches events. Suspects, for which the bus may have lost events, are compared at
 * once and until that succeeds. All others are compared slowly, round after round: if the last
 * event is lost, no later one shows the hole. One call of each kind at a time. Hub loop only.
 */
final class HeadChecks {
    private static final Logger LOG = Logger.getLogger(HeadChecks.class);
    private static final int TICKS_A_ROUND = 10;
    private static final int FEWEST_A_TICK = 100;
    /** Events that the log has and the bus has not delivered yet are mostly in flight. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(250);

    private final Map<ChannelName, LocalChannel> channels;
    private final EventLog log;
    private final HubLoop loop;
    private final ConnectionMetrics metrics;
    private final Set<ChannelName> suspects = new LinkedHashSet<>();
    private final Queue<ChannelName> round = new ArrayDeque<>();
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
    private boolean asking;
    private boolean sweeping;
    private int tick;
    private int share;

    HeadChecks(Map<ChannelName, LocalChannel> channels, EventLog log, HubLoop loop, ConnectionMetrics metrics) {
        this.channels = channels;
        this.log = log;
        this.loop = loop;
        this.metrics = metrics;
    }

    /**
     * Starts the slow round over all channels. With many thousands of channels, a round takes
     * longer than {@code period}.
     */
    void start(Duration period) {
        loop.every(period.dividedBy(TICKS_A_ROUND), this::sweep);
    }

    /** Compares all durable channels soon. */
    void suspectAll() {
        channels.forEach((name, channel) -> {
            if (channel.durable()) {
                suspects.add(name);
            }
        });
        ask();
    }

    /** Compares a channel soon. */
    void suspect(ChannelName name) {
        suspects.add(name);
        ask();
    }

    private void ask() {
        if (asking) {
            return;
        }
        suspects.removeIf(name -> !channels.containsKey(name));
        if (suspects.isEmpty()) {
            return;
        }
        List<ChannelName> names = suspects.stream().limit(HeadsQuery.MOST).toList();
        names.forEach(suspects::remove);
        asking = true;
        var unused =
                log.heads(names).whenComplete((heads, failure) -> loop.execute(() -> answered(names, heads, failure)));
    }

    private void answered(List<ChannelName> names, @Nullable List<HeadList.Head> heads, @Nullable Throwable failure) {
        if (heads == null) {
            LOG.debugf("The heads of %d channels could not be compared: %s", names.size(), failure);
            suspects.addAll(names);
            loop.after(backoff.next(), this::askAgain);
            return;
        }
        backoff.reset();
        metrics.headsCompared(names.size());
        heads.forEach(this::compare);
        askAgain();
    }

    private void askAgain() {
        asking = false;
        ask();
    }

    private void sweep() {
        if (tick++ % TICKS_A_ROUND == 0 && round.isEmpty()) {
            channels.forEach((name, channel) -> {
                if (channel.durable()) {
                    round.add(name);
                }
            });
            share = Math.clamp(Math.ceilDiv(round.size(), TICKS_A_ROUND), FEWEST_A_TICK, HeadsQuery.MOST);
        }
        if (sweeping || round.isEmpty()) {
            return;
        }
        List<ChannelName> names = new ArrayList<>(share);
        while (names.size() < share && !round.isEmpty()) {
            names.add(round.remove());
        }
        sweeping = true;
        var unused = log.heads(names).whenComplete((heads, failure) -> loop.execute(() -> swept(names, heads)));
    }

    private void swept(List<ChannelName> names, @Nullable List<HeadList.Head> heads) {
        sweeping = false;
        if (heads != null) { // otherwise the next round compares them
            metrics.headsCompared(names.size());
            List<HeadList.Head> ahead = heads.stream().filter(this::isAhead).toList();
            if (!ahead.isEmpty()) {
                loop.after(ON_ITS_WAY, () -> ahead.forEach(this::compare));
            }
        }
    }

    private boolean isAhead(HeadList.Head head) {
        LocalChannel channel = channels.get(head.channel());
        return channel != null && channel.isBehind(new LogHead(head.epoch(), head.head()));
    }

    private void compare(HeadList.Head head) {
        LocalChannel channel = channels.get(head.channel());
        if (channel != null) {
            if (isAhead(head)) {
                metrics.headBehind();
            }
            channel.expect(new LogHead(head.epoch(), head.head()));
        }
    }
}
