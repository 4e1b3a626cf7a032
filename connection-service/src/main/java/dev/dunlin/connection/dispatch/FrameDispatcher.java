package dev.dunlin.connection.dispatch;

import dev.dunlin.connection.notice.NoticeReceiver;
import dev.dunlin.connection.publish.Marks;
import dev.dunlin.connection.rate.FrameRates;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.subscription.SessionSubscriptions;
import dev.dunlin.connection.subscription.StreamStart;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.FrameReader;
import dev.dunlin.protocol.frame.FrameReader.Incoming;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Hands the frames of one session's client, and the notices of its user, to the features. It reads
 * a frame, asks the rate gate, and switches over the family of the frame; the feature does the
 * rest. It lives as long as its session. On the session's loop, unless stated otherwise.
 */
public class FrameDispatcher implements NoticeReceiver {
    private final Session session;
    private final DispatchContext context;
    private final SessionSubscriptions subscriptions;
    /** Made with the first mark. */
    private @Nullable Marks marks;
    /** Null while the client could send as much as one that never sent anything. */
    private @Nullable FrameRates rates;

    private final boolean auto;

    /** @param auto whether the session is subscribed to the channels that its user joins */
    public FrameDispatcher(Session session, DispatchContext context, boolean auto) {
        this.auto = auto;
        this.session = session;
        this.context = context;
        this.subscriptions = new SessionSubscriptions(session, context.subscriptions());
    }

    /** Any thread. */
    public Session session() {
        return session;
    }

    @Override
    public UserId user() {
        return session.user();
    }

    /** Handles the frames in the text of one transport message. */
    public void received(byte[] utf8) {
        if (utf8.length > context.maxFrameBytes()) {
            tooLarge(utf8.length);
            return;
        }
        FrameRates own = rates();
        long waitMs = context.gate().message(session, own, utf8.length);
        for (Incoming incoming : FrameReader.readClientFrames(utf8)) {
            context.metrics().frameIn();
            switch (incoming) {
                case Incoming.Valid valid -> {
                    if (context.gate().admits(session, own, valid.frame(), waitMs)) {
                        handle(valid.frame(), utf8.length);
                    }
                }
                case Incoming.Invalid invalid -> {
                    if (context.gate().admitsInvalid(session, own, invalid.ref(), waitMs)) {
                        session.refuse(invalid.ref(), invalid.code(), invalid.message());
                    }
                }
            }
            if (own.exhausted()) {
                return;
            }
        }
    }

    private FrameRates rates() {
        if (rates == null) {
            rates = context.gate().open();
        }
        return rates;
    }

    /**
     * A transport message of {@code bytes}, which was too long to keep. It counts like any other.
     */
    public void tooLarge(int bytes) {
        long waitMs = context.gate().message(session, rates(), bytes);
        if (context.gate().admitsInvalid(session, rates(), null, waitMs)) {
            context.metrics().refused("size");
            session.refuse(null, ErrorCode.TOO_LARGE, "a frame must be at most " + context.maxFrameBytes() + " bytes");
        }
    }

    /** A ping or another control frame of the transport. Returns whether it may be answered. */
    public boolean control() {
        return context.gate().admitsControl(session, rates());
    }

    /** The client is idle: gives back what the next frame makes again. */
    public void idle() {
        if (rates != null && rates.full()) {
            rates = null;
        }
    }

    /** Subscribes to the channels that {@code welcome} names. */
    public void welcome(List<ServerFrame.Membership> memberships) {
        subscriptions.welcome(memberships);
    }

    /** Begins a stream, as its request asked. */
    public void begin(StreamStart start) {
        subscriptions.begin(start);
    }

    private void handle(ClientFrame frame, int bytes) {
        switch (frame) {
            case ClientFrame.SubscriptionFrame f -> subscriptions.handle(f);
            case ClientFrame.MessageFrame f -> context.publishing().submit(session, f, bytes);
            case ClientFrame.MarkFrame f -> marks().handle(f);
            case ClientFrame.EphemeralFrame f -> {
                context.signals().handle(session, subscriptions.use(f.channel()), f);
                context.channelPresence().signalled(subscriptions.subscribed(f.channel()), f);
            }
            case ClientFrame.Presence f -> context.presence().handle(session, f);
            case ClientFrame.ChannelPresenceFrame f ->
                context.channelPresence().handle(session, subscriptions.subscribed(f.channel()), f);
            case ClientFrame.ActivityFrame f -> context.activity().handle(session, f);
            case ClientFrame.SessionFrame f -> handle(f);
        }
    }

    private Marks marks() {
        if (marks == null) {
            marks = new Marks(
                    (delay, task) -> context.subscriptions()
                            .loop()
                            .after(delay, () -> session.loop().execute(task)),
                    mark -> context.publishing().submit(session, mark, 0),
                    context.metrics());
        }
        return marks;
    }

    private void handle(ClientFrame.SessionFrame frame) {
        switch (frame) {
            case ClientFrame.Auth f -> renew(f);
            case ClientFrame.Ping f -> session.send(new ServerFrame.Pong(f.ref()));
        }
    }

    private void renew(ClientFrame.Auth frame) {
        var unused = context.renewal().renew(session.user(), frame.token()).whenComplete((renewed, failure) -> {
            Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
            session.loop().execute(() -> {
                if (renewed != null) {
                    session.renew(renewed);
                    subscriptions.renewed();
                    session.send(new ServerFrame.Authenticated(frame.ref(), renewed.expiresAt()));
                } else if (cause instanceof RefusedException refused) {
                    session.refuse(frame.ref(), refused.value());
                }
            });
        });
    }

    /** Something happened to the user. On the hub loop. */
    @Override
    public void notice(UserNotice notice) {
        context.presence().notice(session, notice);
        session.loop().execute(() -> {
            if (session.open()) {
                handle(notice);
            }
        });
    }

    @Override
    public boolean followsMemberships() {
        return auto;
    }

    private void handle(UserNotice notice) {
        switch (notice) {
            case UserNotice.Joined joined -> {
                if (!subscriptions.joined(joined.channel()) && auto) {
                    subscriptions.handle(new ClientFrame.Subscribe(null, joined.channel(), null));
                }
            }
            case UserNotice.Left left -> subscriptions.left(left.channel());
            case UserNotice.MembershipsChanged changed -> subscriptions.membershipsChanged();
            case UserNotice.EndSessions end -> {
                if (end.covers(session.identity().issuedAt())) {
                    session.close(CloseCode.TOKEN_EXPIRED, "the user's sessions were ended");
                }
            }
        }
    }

    /** The link is closed. */
    public void closed() {
        if (marks != null) {
            marks.flush();
        }
        subscriptions.close();
    }
}
