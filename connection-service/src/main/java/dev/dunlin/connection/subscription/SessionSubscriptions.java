package dev.dunlin.connection.subscription;

import dev.dunlin.connection.session.Session;
import dev.dunlin.edge.Refusal;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.ChannelAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one session. On the session's loop. */
public final class SessionSubscriptions {
    private final Session session;
    private final SubscriptionTools tools;
    private final Map<ChannelName, Subscription> subscriptions = new HashMap<>(2);
    /** Null until something was missed. */
    private @Nullable Backlog backlog;

    public SessionSubscriptions(Session session, SubscriptionTools tools) {
        this.session = session;
        this.tools = tools;
    }

    Session session() {
        return session;
    }

    SubscriptionTools tools() {
        return tools;
    }

    /** What its subscriptions keep together. */
    Backlog backlog() {
        if (backlog == null) {
            backlog = new Backlog(tools.limits().heldBytes());
        }
        return backlog;
    }

    /** Keeps a subscription under a name that is equal to its own, and nobody else's copy. */
    void keepAs(ChannelName channel, Subscription attached) {
        if (subscriptions.remove(channel, attached)) {
            subscriptions.put(channel, attached);
        }
    }

    /** A subscription came to nothing. */
    void refused(ChannelName channel, Subscription refused) {
        subscriptions.remove(channel, refused);
    }

    /** Whether the session gets the channel, or is about to. */
    public boolean contains(ChannelName channel) {
        return subscriptions.containsKey(channel);
    }

    /** Subscribes to the user's channels, as {@code welcome} named them; no replies. */
    public void welcome(List<ServerFrame.Membership> memberships) {
        for (ServerFrame.Membership membership : memberships) {
            if (subscriptions.size() < tools.limits().perSession()) {
                Subscription subscription = add(membership.channel());
                subscription.request(
                        new Subscription.Request(new ClientFrame.Subscribe(null, membership.channel(), null), true));
                attach(subscription, membership.channel(), new LogHead(membership.epoch(), membership.head()));
            }
        }
    }

    /** Answers a {@code subscribe}, also one that nobody asked for, because the user joined a channel. */
    public void subscribe(ClientFrame.Subscribe frame) {
        Subscription known = subscriptions.get(frame.channel());
        if (known != null) {
            known.request(new Subscription.Request(frame, false));
        } else if (subscriptions.size() >= tools.limits().perSession()) {
            tools.metrics().refused("subscriptions");
            session.refuse(
                    frame.ref(),
                    ErrorCode.FORBIDDEN,
                    "a session may subscribe to " + tools.limits().perSession() + " channels");
        } else {
            Subscription subscription = add(frame.channel());
            subscription.request(new Subscription.Request(frame, false));
            var unused = tools.directory()
                    .access(frame.channel(), session.identity())
                    .whenComplete((access, failure) ->
                            session.loop().execute(() -> checked(subscription, frame.channel(), access, failure)));
        }
    }

    /** Begins a stream in a channel whose position can be told only when its epoch is known; a channel that the session has already is left as it is. */
    public void begin(StreamStart start) {
        if (contains(start.channel())) {
            return;
        }
        Subscription subscription = add(start.channel());
        LogHead known = start.known();
        if (known != null) {
            begin(subscription, start, known);
            return;
        }
        var unused = tools.directory()
                .access(start.channel(), session.identity())
                .whenComplete((access, failure) -> session.loop().execute(() -> {
                    if (subscriptions.get(start.channel()) != subscription) {
                        return;
                    }
                    if (access != null) {
                        if (access.conflate()) {
                            subscription.conflate();
                        }
                        begin(
                                subscription,
                                start,
                                access.epoch() == null ? null : new LogHead(access.epoch(), access.head()));
                    } else {
                        subscription.request(new Subscription.Request(start.subscribe(null), false));
                        subscription.refused(reason(failure));
                    }
                }));
    }

    private void begin(Subscription subscription, StreamStart start, @Nullable LogHead head) {
        subscription.request(new Subscription.Request(start.subscribe(head), false));
        attach(subscription, start.channel(), head);
    }

    private Subscription add(ChannelName channel) {
        Subscription subscription = new Subscription(channel, this);
        subscriptions.put(channel, subscription);
        return subscription;
    }

    private void checked(
            Subscription subscription,
            ChannelName channel,
            @Nullable ChannelAccess access,
            @Nullable Throwable failure) {
        if (subscriptions.get(channel) != subscription) {
            return; // unsubscribed meanwhile
        }
        if (access != null) {
            if (access.conflate()) {
                subscription.conflate();
            }
            attach(subscription, channel, access.epoch() == null ? null : new LogHead(access.epoch(), access.head()));
        } else {
            subscription.refused(reason(failure));
        }
    }

    private static Refusal reason(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause instanceof Refusal refusal
                ? refusal
                : new Refusal(ErrorCode.UNAVAILABLE, "the channel cannot be looked up now", Duration.ofSeconds(1));
    }

    private void attach(Subscription subscription, ChannelName channel, @Nullable LogHead head) {
        tools.loop().execute(() -> tools.hub().attach(channel, head, subscription));
    }

    /** Answers an {@code unsubscribe}; one for a channel that is not subscribed is no error. */
    public void unsubscribe(ClientFrame.Unsubscribe frame) {
        Subscription known = subscriptions.remove(frame.channel());
        if (known != null) {
            known.close();
        }
        session.send(new ServerFrame.Unsubscribed(frame.ref(), frame.channel()));
    }

    /** The user is no member any more: unless the channel is open to read, the session hears nothing more of it. */
    public void left(ChannelName channel) {
        if (!contains(channel)) {
            return;
        }
        var unused = tools.directory()
                .access(channel, session.identity())
                .whenComplete((access, failure) -> session.loop().execute(() -> {
                    if (contains(channel) && access == null && reason(failure).code() != ErrorCode.UNAVAILABLE) {
                        unsubscribe(new ClientFrame.Unsubscribe(null, channel));
                    }
                }));
    }

    /** Lets go of all. */
    public void close() {
        subscriptions.values().forEach(Subscription::close);
        subscriptions.clear();
    }
}
