package dev.dunlin.connection.subscription;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.edge.Backoff;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.http.AccessQuery;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Rechecks subscriptions that rest on membership: all of them when the bus may have lost a removal,
 * and slowly all the time. Asks for one full call to message-service at a time, and retries those
 * without an answer after a growing pause. Hub loop only.
 */
final class AccessChecks {
    private static final int TICKS_A_ROUND = 30;
    /** Answers come long before. This keeps an answer that never comes from ending the checks. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

    private final Map<ChannelName, LocalChannel> channels;
    private final HubLoop loop;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
    /** Channels whose subscribers are still to be rechecked. */
    private final LinkedHashSet<ChannelName> suspects = new LinkedHashSet<>();
    /**
     * Subscribers to recheck next: those of the current channel, and single suspects. Holds each
     * subscription at most once.
     */
    private final Set<Subscriber> next = new LinkedHashSet<>();

    private final Queue<ChannelName> round = new ArrayDeque<>();
    private int share;
    private boolean asking;

    AccessChecks(Map<ChannelName, LocalChannel> channels, HubLoop loop) {
        this.channels = channels;
        this.loop = loop;
    }

    /** Starts the slow round over all channels. */
    void start(Duration period) {
        loop.every(period.dividedBy(TICKS_A_ROUND), this::sweep);
    }

    /** Rechecks all subscriptions soon. */
    void suspectAll() {
        suspects.addAll(channels.keySet());
        ask();
    }

    /** Rechecks one subscription soon. */
    void suspect(Subscriber subscriber) {
        next.add(subscriber);
        ask();
    }

    private void sweep() {
        if (round.isEmpty()) {
            round.addAll(channels.keySet());
            share = Math.ceilDiv(round.size(), TICKS_A_ROUND);
        }
        for (int i = 0; i < share && !round.isEmpty(); i++) {
            suspects.add(round.remove());
        }
        ask();
    }

    private void ask() {
        if (asking) {
            return;
        }
        fill();
        if (next.isEmpty()) {
            return;
        }
        asking = true;
        List<Subscriber> batch = next.stream().limit(AccessQuery.MOST).toList();
        batch.forEach(next::remove);
        Batch answers = new Batch(batch.size());
        loop.after(LONGEST_CALL, answers::giveUp);
        for (Subscriber subscriber : batch) {
            subscriber
                    .loop()
                    .execute(() -> subscriber.recheck(known -> loop.execute(() -> answers.add(subscriber, known))));
        }
    }

    private void fill() {
        while (next.size() < AccessQuery.MOST && !suspects.isEmpty()) {
            LocalChannel channel = channels.get(suspects.removeFirst());
            if (channel != null) {
                next.addAll(channel.subscribers());
            }
        }
    }

    /** The subscribers that are being rechecked. */
    private final class Batch {
        private final List<Subscriber> unknown = new ArrayList<>(0);
        private int left;
        private boolean over;

        Batch(int size) {
            this.left = size;
        }

        void add(Subscriber subscriber, boolean known) {
            if (!known) {
                unknown.add(subscriber);
            }
            if (--left == 0 && !over) {
                over = true;
                next.addAll(unknown);
                if (unknown.isEmpty()) {
                    backoff.reset();
                    again();
                } else {
                    loop.after(backoff.next(), this::again);
                }
            }
        }

        /** Leaves those without an answer to the next round. */
        void giveUp() {
            if (!over) {
                over = true;
                again();
            }
        }

        private void again() {
            asking = false;
            ask();
        }
    }
}
