package dev.dunlin.connection.channelpresence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.access.ChannelDirectory;
import dev.dunlin.connection.bus.Bus;
import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.subscription.SubscribedSession;
import dev.dunlin.connection.subscription.SubscriptionListener;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.PresenceMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the channels: answers the frames about it, and follows the subscriptions of the node.
 * Each node keeps the part of its links, in memory, in the store and on the bus. Channels without
 * presence, and members who do not use it, cost nothing here. State belongs to the hub loop.
 */
public final class ChannelPresence implements SubscriptionListener {
    static final Refusal CHECKED =
            new Refusal(ErrorCode.UNAVAILABLE, "access is being checked; try again", Duration.ofSeconds(1));
    /** About how often each channel is compared with the store. */
    static final Duration CHECK = Duration.ofSeconds(30);
    /** How often the leases of other nodes are checked. */
    static final Duration LEASES = Duration.ofSeconds(5);
    /** Longer than {@code LeaseKeeper.RENEWAL}. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(6);

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration JITTER = Duration.ofSeconds(1);
    private static final int MOST_LAST_BYTES = 1_024;

    private final Context context;
    private final PresenceRules rules;
    private final Map<ChannelName, PresentChannel> channels = new HashMap<>();

    /**
     * Bounds of presence in channels.
     *
     * @param grace from the end of a link to the end of the user's presence
     * @param listedUsers the most users of a channel that clients are sent
     */
    public record Limits(Duration grace, int listedUsers) {
        public Limits {
            if (grace.isNegative() || listedUsers < 1) {
                throw new IllegalArgumentException("grace must not be negative, and listedUsers at least 1");
            }
        }
    }

    /** What all channels of the node share. */
    record Context(
            HubLoop loop,
            Bus bus,
            BusSubscriptions busSubscriptions,
            PartStore store,
            NodeId life,
            InstantSource clock,
            RandomGenerator random,
            Limits limits,
            ConnectionMetrics metrics,
            PartNumbers numbers,
            LeaseWatch leases,
            AtomicInteger followed) {}

    /** {@code life}: the run of this node, which has a lease. */
    public ChannelPresence(
            HubLoop loop,
            Bus bus,
            BusSubscriptions busSubscriptions,
            PartStore store,
            ChannelDirectory directory,
            NodeId life,
            InstantSource clock,
            RandomGenerator random,
            Limits limits,
            ConnectionMetrics metrics) {
        this.context = new Context(
                loop,
                bus,
                busSubscriptions,
                store,
                life,
                clock,
                random,
                limits,
                metrics,
                new PartNumbers(clock),
                new LeaseWatch(LEASE_MARGIN),
                new AtomicInteger());
        this.rules = new PresenceRules(directory, limits.grace());
        busSubscriptions.onReconnect(this::checkAll);
    }

    /** Starts to check the leases of other nodes. Call it once. */
    public void start() {
        context.loop().every(LEASES, this::checkLeases);
    }

    /** How many channels sessions of this node follow. Any thread. */
    public int followed() {
        return context.followed().get();
    }

    /** The lease of this node had ended: others may have removed its parts. Any thread. */
    public void lapsed() {
        context.loop().execute(this::checkAll);
    }

    private void checkAll() {
        for (PresentChannel channel : channels.values()) {
            context.loop().after(Duration.ofMillis(1 + context.random().nextLong(JITTER.toMillis())), channel::check);
        }
    }

    private void checkLeases() {
        Set<NodeId> held = new HashSet<>();
        channels.values().forEach(channel -> held.addAll(channel.lives()));
        held.remove(context.life());
        Set<NodeId> asked = context.leases().asks(held);
        if (asked.isEmpty()) {
            return;
        }
        var unused = context.store()
                .withoutLease(asked)
                .whenComplete((without, failure) -> context.loop().execute(() -> checked(asked, without)));
    }

    private void checked(Set<NodeId> asked, @Nullable Collection<NodeId> without) {
        if (without == null) {
            context.leases().unanswered();
            return;
        }
        context.leases()
                .answered(asked, without, context.loop().nanos())
                .forEach(dead -> List.copyOf(channels.values()).forEach(channel -> channel.drop(dead)));
    }

    @Override
    public void answered(ChannelAccess access) {
        rules.learn(access);
    }

    @Override
    public void began(SubscribedSession session) {
        withRule(session, () -> began(session), rule -> {
            if (rule.mode() == PresenceMode.SUBSCRIBERS || rule.mode() == PresenceMode.COUNT) {
                on(session, rule, channel -> channel.begin(session));
            }
        });
    }

    @Override
    public void wantsOccupancy(SubscribedSession session, boolean wanted) {
        if (!wanted) {
            onExisting(session, channel -> channel.uncount(session));
            return;
        }
        withRule(session, () -> wantsOccupancy(session, true), rule -> {
            if (rule.mode() != PresenceMode.NONE) {
                on(session, rule, channel -> channel.count(session));
            }
        });
    }

    @Override
    public void ended(SubscribedSession session, boolean linkClosed) {
        PresentChannel channel = channels.get(session.channel());
        if (channel != null) {
            channel.end(session, linkClosed);
        }
    }

    /** Answers a frame. {@code subscription}: the session's, if there is one. On its loop. */
    public void handle(
            Session session, Optional<SubscribedSession> subscription, ClientFrame.ChannelPresenceFrame frame) {
        if (subscription.isEmpty()) {
            session.refuse(frame.ref(), ErrorCode.FORBIDDEN, "subscribe to " + frame.channel() + " first");
        } else if (!subscription.get().granted()) {
            session.refuse(frame.ref(), CHECKED);
        } else {
            withRule(
                    subscription.get(),
                    () -> session.refuse(frame.ref(), CHECKED),
                    rule -> handle(subscription.get(), rule, frame));
        }
    }

    private void handle(SubscribedSession session, PresenceRule rule, ClientFrame.ChannelPresenceFrame frame) {
        if (!rule.mode().names()) {
            session.session().refuse(frame.ref(), ErrorCode.NOT_FOUND, frame.channel() + " does not show who is there");
            return;
        }
        switch (frame) {
            case ClientFrame.Enter f -> {
                on(session, rule, channel -> channel.enter(session, f.data()));
                acknowledge(session, f.ref());
            }
            case ClientFrame.Update f -> {
                on(session, rule, channel -> channel.enter(session, f.data()));
                acknowledge(session, f.ref());
            }
            case ClientFrame.Leave f -> {
                onExisting(session, channel -> channel.leave(session));
                acknowledge(session, f.ref());
            }
            case ClientFrame.PresenceSync f -> {
                if (Boolean.FALSE.equals(f.follow())) {
                    onExisting(session, channel -> channel.unfollow(session));
                    acknowledge(session, f.ref());
                } else {
                    on(session, rule, channel -> channel.sync(session, f.ref()));
                }
            }
        }
    }

    /** After the frame was carried out, so that nothing follows that it has ended. */
    private void acknowledge(SubscribedSession session, @Nullable Ref ref) {
        context.loop()
                .execute(() -> session.session()
                        .loop()
                        .execute(() -> session.session().send(new ServerFrame.PresenceAck(ref, session.channel()))));
    }

    /**
     * A session sent a signal to a channel. One that is too large is not kept, and neither is the
     * one before it. On the session's loop.
     */
    public void signalled(Optional<SubscribedSession> subscription, ClientFrame.EphemeralFrame frame) {
        if (subscription.isPresent() && frame instanceof ClientFrame.Signal signal) {
            SubscribedSession session = subscription.get();
            rules.findKnown(frame.channel())
                    .filter(rule -> rule.last() && session.granted())
                    .ifPresent(rule -> {
                        JsonNode kept = Json.write(signal.data()).length > MOST_LAST_BYTES ? null : signal.data();
                        onExisting(session, channel -> channel.signal(session, kept));
                    });
        }
    }

    /** Calls on the session's loop, at once if the rule is known. */
    private void withRule(SubscribedSession session, Runnable otherwise, Consumer<PresenceRule> use) {
        CompletableFuture<PresenceRule> found =
                rules.find(session.channel(), session.session().identity());
        if (found.isDone() && !found.isCompletedExceptionally()) {
            use.accept(found.join());
            return;
        }
        var unused = found.whenComplete((rule, failure) -> {
            Runnable next = rule == null ? otherwise : () -> use.accept(rule);
            Runnable unlessEnded = () -> {
                if (!session.ended()) {
                    next.run();
                }
            };
            Runnable toSession = () -> session.session().loop().execute(unlessEnded);
            if (rule == null) {
                context.loop().after(RETRY, toSession);
            } else {
                toSession.run();
            }
        });
    }

    private void on(SubscribedSession session, PresenceRule rule, Consumer<PresentChannel> action) {
        context.loop()
                .execute(() -> action.accept(channels.computeIfAbsent(
                        session.channel(),
                        name -> new PresentChannel(name, rule, context, () -> channels.remove(name)))));
    }

    private void onExisting(SubscribedSession session, Consumer<PresentChannel> action) {
        context.loop().execute(() -> {
            PresentChannel channel = channels.get(session.channel());
            if (channel != null) {
                action.accept(channel);
            }
        });
    }
}
