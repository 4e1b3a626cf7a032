package dev.dunlin.connection.subscription;

import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.catchup.EventLog;
import dev.dunlin.connection.catchup.FramePage;
import dev.dunlin.connection.catchup.LogPages;
import dev.dunlin.connection.catchup.PageSource;
import dev.dunlin.connection.catchup.TailBudget;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.protocol.ChannelName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The channels that have subscribers on this node. Hub loop only, unless stated otherwise. */
public final class ChannelHub implements PageSource {
    private final Map<ChannelName, LocalChannel> channels = new HashMap<>();
    private final HeadChecks checks;
    private final AccessChecks accessChecks;
    private final Context context;

    public ChannelHub(
            BusSubscriptions busSubscriptions,
            EventLog log,
            LogPages pages,
            TailBudget tails,
            HubLoop loop,
            HubLimits limits,
            ConnectionMetrics metrics) {
        this.checks = new HeadChecks(channels, log, loop, metrics);
        this.context = new Context(busSubscriptions, log, pages, tails, loop, limits, metrics, checks);
        this.accessChecks = new AccessChecks(channels, loop);
        busSubscriptions.onReconnect(checks::suspectAll);
        busSubscriptions.onReconnect(accessChecks::suspectAll);
    }

    /**
     * Starts to compare all channels with the log, and to recheck all subscribed members, round
     * after round. Call it once.
     */
    public void start() {
        checks.start(context.limits().sweep());
        accessChecks.start(context.limits().accessSweep());
    }

    /** What all channels of the node share: a {@link LocalChannel} keeps one reference to it. */
    record Context(
            BusSubscriptions busSubscriptions,
            EventLog log,
            LogPages pages,
            TailBudget tails,
            HubLoop loop,
            HubLimits limits,
            ConnectionMetrics metrics,
            HeadChecks checks) {}

    /**
     * Attaches a subscriber, and calls it when it gets every further event, or when it cannot be
     * attached. Attaching one that is attached does nothing.
     *
     * @param known how far the log had come a moment ago; null for an ephemeral channel
     */
    public void attach(ChannelName name, @Nullable LogHead known, Subscriber subscriber) {
        LocalChannel channel = channels.get(name);
        if (channel == null) {
            LocalChannel opened = new LocalChannel(name, known, context, gone -> channels.remove(name, gone));
            channels.put(name, opened);
            opened.attach(subscriber, known);
            opened.open();
        } else {
            channel.attach(subscriber, known);
        }
    }

    /**
     * Detaches a subscriber; the last one takes the bus subscription with it. Detaching one that is
     * not attached does nothing.
     */
    public void detach(ChannelName name, Subscriber subscriber) {
        LocalChannel channel = channels.get(name);
        if (channel != null) {
            channel.detach(subscriber);
        }
    }

    /** Reads from memory if that reaches back far enough, otherwise from the log. Any thread. */
    @Override
    public CompletionStage<FramePage> after(ChannelName name, long after) {
        CompletableFuture<FramePage> page = new CompletableFuture<>();
        context.loop().execute(() -> {
            LocalChannel channel = channels.get(name);
            Optional<FramePage> hot = channel == null ? Optional.empty() : channel.tail(after);
            if (hot.isPresent()) {
                context.metrics().tailHit();
                page.complete(hot.get());
            } else {
                var unused = context.pages().shared(name, after).whenComplete((found, failure) -> {
                    if (failure == null) {
                        page.complete(found);
                    } else {
                        page.completeExceptionally(failure);
                    }
                });
            }
        });
        return page;
    }

    /**
     * Compares a channel with the log soon: someone reported a later position than this node knows.
     */
    public void suspect(ChannelName name) {
        checks.suspect(name);
    }

    /** Rechecks a subscriber soon: this node may have missed the end of its membership. */
    void recheck(Subscriber subscriber) {
        accessChecks.suspect(subscriber);
    }

    /** How many channels have subscribers here. */
    public int size() {
        return channels.size();
    }
}
