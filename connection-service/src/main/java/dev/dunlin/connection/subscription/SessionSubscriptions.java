package dev.dunlin.connection.subscription;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.session.Session;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.ChannelAccess;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one session. On the session's loop. */
public final class SessionSubscriptions extends SubscriptionTable {
    private final Session session;
    private final SubscriptionContext context;
    /** Null until an event was missed. */
    private @Nullable Backlog backlog;
    /**
     * Channels of the user that the client unsubscribed from, at most {@code perSession}; null if
     * none.
     */
    private @Nullable Set<ChannelName> declined;

    public SessionSubscriptions(Session session, SubscriptionContext context) {
        this.session = session;
        this.context = context;
    }

    Session session() {
        return session;
    }

    SubscriptionContext context() {
        return context;
    }

    /** What its subscriptions keep together. */
    Backlog backlog() {
        if (backlog == null) {
            backlog = new Backlog(context.limits().heldBytes());
        }
        return backlog;
    }

    /** Keeps a subscription under the hub's copy of its name, which all subscribers share. */
    void keepAs(ChannelName channel, Subscription attached) {
        if (remove(channel, attached)) {
            put(channel, attached);
        }
    }

    /** A subscription was refused. */
    void refused(ChannelName channel, Subscription refused) {
        remove(channel, refused);
    }

    /** Whether there is a subscription, granted or not; {@link #use} says what it allows. */
    public boolean contains(ChannelName channel) {
        return find(channel) != null;
    }

    /** What the session may do with a channel, as far as this node knows. */
    public ChannelUse use(ChannelName channel) {
        Subscription known = find(channel);
        if (known == null) {
            return ChannelUse.UNKNOWN;
        }
        return switch (known.access()) {
            case AccessCheck check -> ChannelUse.DOUBTFUL;
            case Access.State state -> state.granted() ? ChannelUse.GRANTED : ChannelUse.UNKNOWN;
        };
    }

    /** The subscription to a channel, once the client knows that it has it. */
    public Optional<SubscribedSession> subscribed(ChannelName channel) {
        Subscription known = find(channel);
        return known != null && known.established() ? Optional.of(known) : Optional.empty();
    }

    /** Subscribes to the user's channels, as {@code welcome} named them; no replies. */
    public void welcome(List<ServerFrame.Membership> memberships) {
        for (ServerFrame.Membership membership : memberships) {
            if (size() < context.limits().perSession()) {
                Subscription subscription = add(membership.channel());
                LogHead head = new LogHead(membership.epoch(), membership.head());
                // The client knows only this head: replay what comes before the channel is
                // attached.
                subscription.request(new SubscribeRequest(
                        new ClientFrame.Subscribe(
                                null, membership.channel(), new StreamPosition(head.epoch(), head.seq())),
                        true));
                subscription.hideBefore(membership.from() == null ? 1 : membership.from());
                subscription.grant(Access.State.MEMBER, head);
                attach(subscription, membership.channel(), head);
            }
        }
    }

    /**
     * Answers the client's frame, or subscribes on its behalf to a channel that the user joined.
     */
    public void handle(ClientFrame.SubscriptionFrame frame) {
        switch (frame) {
            case ClientFrame.Subscribe f -> subscribe(f);
            case ClientFrame.Unsubscribe f -> unsubscribe(f);
        }
    }

    private void subscribe(ClientFrame.Subscribe frame) {
        noLongerDeclines(frame.channel());
        Subscription known = find(frame.channel());
        if (known != null) {
            known.request(new SubscribeRequest(frame, false));
        } else if (size() >= context.limits().perSession()) {
            context.metrics().refused("subscriptions");
            session.refuse(
                    frame.ref(),
                    ErrorCode.FORBIDDEN,
                    "a session may subscribe to " + context.limits().perSession() + " channels");
        } else {
            Subscription subscription = add(frame.channel());
            subscription.request(new SubscribeRequest(frame, false));
            ask(subscription, frame.channel(), head -> {});
        }
    }

    /**
     * Begins a stream in a channel whose position is known only with its epoch. A channel that the
     * session has already is left as it is.
     */
    public void begin(StreamStart start) {
        if (contains(start.channel())) {
            return;
        }
        Subscription subscription = add(start.channel());
        LogHead known = start.known();
        if (known != null) {
            subscription.request(new SubscribeRequest(start.subscribe(known), false));
            subscription.hideBefore(start.from());
            subscription.grant(Access.State.MEMBER, known);
            attach(subscription, start.channel(), known);
            return;
        }
        // Its position depends on the epoch, which comes with the answer.
        ask(
                subscription,
                start.channel(),
                head -> subscription.request(new SubscribeRequest(start.subscribe(head), false)));
    }

    /**
     * Asks for access, calls {@code first} with the head of the log, and then attaches or refuses.
     */
    private void ask(Subscription subscription, ChannelName channel, Consumer<@Nullable LogHead> first) {
        Identity asked = session.identity();
        var unused = context.directory()
                .access(channel, asked)
                .whenComplete((access, failure) -> session.loop().execute(() -> {
                    if (find(channel) != subscription) {
                        return; // unsubscribed meanwhile
                    }
                    if (!asked.equals(session.identity())) {
                        ask(subscription, channel, first); // the token was renewed meanwhile
                        return;
                    }
                    if (access == null) {
                        first.accept(null);
                        subscription.refused(Refusals.of(failure));
                    } else {
                        LogHead head = access.epoch() == null ? null : new LogHead(access.epoch(), access.head());
                        first.accept(head);
                        granted(subscription, channel, access, head);
                    }
                }));
    }

    private void granted(Subscription subscription, ChannelName channel, ChannelAccess access, @Nullable LogHead head) {
        context.listener().answered(access);
        if (access.conflate()) {
            subscription.conflate();
        }
        boolean doubted = subscription.access() == Access.State.DOUBTED;
        subscription.hideBefore(access.from());
        subscription.grant(Access.of(access), head);
        attach(subscription, channel, head);
        if (doubted) {
            subscription.doubt(0);
        }
    }

    private Subscription add(ChannelName channel) {
        Subscription subscription = new Subscription(channel, this);
        put(channel, subscription);
        return subscription;
    }

    private void attach(Subscription subscription, ChannelName channel, @Nullable LogHead head) {
        context.loop().execute(() -> context.hub().attach(channel, head, subscription));
    }

    /** Unsubscribing from a channel without a subscription is not an error. */
    private void unsubscribe(ClientFrame.Unsubscribe frame) {
        Subscription known = find(frame.channel());
        if (known != null) {
            remove(frame.channel(), known);
            if (known.access() == Access.State.MEMBER) {
                declines(frame.channel());
            }
            known.close(false);
        }
        session.send(new ServerFrame.Unsubscribed(frame.ref(), frame.channel()));
    }

    private void declines(ChannelName channel) {
        if (declined == null) {
            declined = new HashSet<>(2);
        }
        if (declined.size() < context.limits().perSession()) {
            declined.add(channel);
        }
    }

    private void noLongerDeclines(ChannelName channel) {
        if (declined != null) {
            declined.remove(channel);
        }
    }

    /**
     * The user is no longer a member: the channel pauses until message-service says that it may
     * continue.
     */
    public void left(ChannelName channel) {
        noLongerDeclines(channel);
        Subscription known = find(channel);
        if (known != null) {
            known.doubt(0);
        }
    }

    /**
     * The user became a member, or still is one after the bus lost notices. Returns whether that
     * leaves nothing to subscribe: the session has the channel, or its client unsubscribed from it.
     */
    public boolean joined(ChannelName channel) {
        Subscription known = find(channel);
        if (known != null) {
            known.rejoined();
        }
        return known != null || (declined != null && declined.contains(channel));
    }

    /**
     * The user may have lost memberships, and it is not known which. A question that is already
     * open may have been answered before that, so it counts too.
     */
    public void membershipsChanged() {
        declined = null;
        doubt(subscription ->
                subscription.access() != Access.State.OPEN && subscription.access() != Access.State.GRANT);
    }

    /** The token was renewed: checks subscriptions that rest on a grant which the new one lacks. */
    public void renewed() {
        doubt(subscription -> subscription.access() == Access.State.GRANT
                && !session.identity().grants().allow(subscription.channel(), TokenGrants.Action.SUBSCRIBE));
    }

    private void doubt(Predicate<Subscription> which) {
        all().stream().filter(which).forEach(subscription -> subscription.doubt(0));
    }

    /** The link is closed: ends all subscriptions. */
    public void close() {
        all().forEach(subscription -> subscription.close(true));
        clear();
    }
}
