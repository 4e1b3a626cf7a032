package dev.dunlin.connection.dispatch;

import dev.dunlin.connection.notice.NoticeReceiver;
import dev.dunlin.connection.publish.Marks;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.subscription.SessionSubscriptions;
import dev.dunlin.connection.subscription.StreamStart;
import dev.dunlin.edge.Refusal;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.FrameReader;
import dev.dunlin.protocol.frame.FrameReader.Incoming;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Hands what one session's client sends to the features, and what happens to its user. On the session's loop, unless said otherwise. */
public final class FrameDispatcher implements NoticeReceiver {
    private final Session session;
    private final Features features;
    private final SessionSubscriptions subscriptions;
    /** Made with the first mark. */
    private @Nullable Marks marks;

    private @Nullable FrameRates rates;
    private final boolean auto;
    private boolean abused;

    /** {@code auto}: whether the session gets what its user joins. */
    public FrameDispatcher(Session session, Features features, boolean auto) {
        this.auto = auto;
        this.session = session;
        this.features = features;
        this.subscriptions = new SessionSubscriptions(session, features.subscriptions());
    }

    /** The text of one transport message. */
    public void received(byte[] utf8) {
        if (utf8.length > features.limits().maxFrameBytes()) {
            tooLarge(utf8.length);
            return;
        }
        long waitMs = bytes(utf8.length);
        for (Incoming incoming : FrameReader.readClientFrames(utf8)) {
            features.metrics().frameIn();
            switch (incoming) {
                case Incoming.Valid valid -> withinRate(valid.frame(), utf8.length, waitMs);
                case Incoming.Invalid invalid -> {
                    if (allowed(Math.max(waitMs, other()), invalid.ref())) {
                        session.refuse(invalid.ref(), invalid.code(), invalid.message());
                    }
                }
            }
            if (abused) {
                return;
            }
        }
    }

    private FrameRates rates() {
        if (rates == null) {
            rates = new FrameRates(features.limits(), features.clock());
        }
        return rates;
    }

    private long bytes(int count) {
        return Math.max(rates().bytes(count), features.userRates().bytes(session.user(), count));
    }

    private long other() {
        return Math.max(rates().other(), features.userRates().other(session.user()));
    }

    private long publish() {
        return Math.max(rates().publish(), features.userRates().publish(session.user()));
    }

    private Marks marks() {
        if (marks == null) {
            marks = new Marks(
                    (delay, task) -> features.subscriptions()
                            .loop()
                            .after(delay, () -> session.loop().execute(task)),
                    mark -> features.publishing().submit(session, mark, 0),
                    features.metrics());
        }
        return marks;
    }

    /** A transport message of so many bytes, too long to be kept. It counts like any other. */
    public void tooLarge(int bytes) {
        if (allowed(Math.max(bytes(bytes), other()), null)) {
            features.metrics().refused("size");
            session.refuse(
                    null,
                    ErrorCode.TOO_LARGE,
                    "a frame must be at most " + features.limits().maxFrameBytes() + " bytes");
        }
    }

    /** Something of the transport's own that costs a little, as a ping does. Returns whether it is within the rate, and may be answered. */
    public boolean control() {
        if (other() == 0) {
            return true;
        }
        features.metrics().refused("rate");
        closeIfAbused();
        return false;
    }

    /** Subscribes to what {@code welcome} names. */
    public void welcome(List<ServerFrame.Membership> memberships) {
        subscriptions.welcome(memberships);
    }

    /** Begins a stream, as its request asked. */
    public void begin(StreamStart start) {
        subscriptions.begin(start);
    }

    /** Something happened to the user. On the hub loop. */
    @Override
    public void notice(UserNotice notice) {
        session.loop().execute(() -> {
            if (session.open()) {
                noticed(notice);
            }
        });
    }

    @Override
    public boolean followsMemberships() {
        return auto;
    }

    private void noticed(UserNotice notice) {
        switch (notice) {
            case UserNotice.Joined joined -> {
                if (!subscriptions.joined(joined.channel()) && auto) {
                    subscriptions.subscribe(new ClientFrame.Subscribe(null, joined.channel(), null));
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

    /** The link is gone. */
    public void closed() {
        if (marks != null) {
            marks.flush();
        }
        subscriptions.close();
    }

    private void withinRate(ClientFrame frame, int bytes, long waitMs) {
        boolean publish = frame instanceof ClientFrame.LogFrame asked
                && switch (asked) {
                    case ClientFrame.Publish f -> true;
                    case ClientFrame.Edit f -> true;
                    case ClientFrame.Delete f -> true;
                    case ClientFrame.React f -> true;
                    case ClientFrame.Read f -> false;
                    case ClientFrame.Received f -> false;
                };
        if (allowed(Math.max(waitMs, publish ? publish() : other()), frame.ref())) {
            handle(frame, bytes);
        }
    }

    private boolean allowed(long waitMs, @Nullable Ref ref) {
        if (waitMs > 0) {
            features.metrics().refused("rate");
            session.send(new ServerFrame.ErrorReply(ref, ErrorCode.RATE_LIMITED, "too many frames", true, waitMs));
            closeIfAbused();
        }
        return waitMs == 0;
    }

    private void closeIfAbused() {
        if (!abused && rates().abused()) {
            abused = true;
            features.metrics().abused();
            session.close(CloseCode.RATE_LIMIT_ABUSED, "went on sending for too long after it was rate limited");
        }
    }

    private void handle(ClientFrame frame, int bytes) {
        switch (frame) {
            case ClientFrame.Subscribe f -> subscriptions.subscribe(f);
            case ClientFrame.Unsubscribe f -> subscriptions.unsubscribe(f);
            case ClientFrame.Read f -> marks().read(f);
            case ClientFrame.Received f -> marks().received(f);
            case ClientFrame.LogFrame f -> features.publishing().submit(session, f, bytes);
            case ClientFrame.Signal f -> ephemeral(new ServerFrame.Signal(f.channel(), session.user(), f.data()));
            case ClientFrame.Typing f -> ephemeral(new ServerFrame.Typing(f.channel(), session.user()));
            case ClientFrame.Presence f -> features.presence().handle(session, f);
            case ClientFrame.Away f -> features.activity().away(session);
            case ClientFrame.Active f -> features.activity().active(session);
            case ClientFrame.Auth f -> renew(f);
            case ClientFrame.Ping f -> session.send(new ServerFrame.Pong(f.ref()));
        }
    }

    /**
     * Sends at once with a granted subscription. Without one, or while it is pending, asks for access
     * first. Drops the frame while an access check is open.
     */
    private void ephemeral(ServerFrame.EphemeralEvent frame) {
        TraceId trace = TraceId.next(features.random());
        CompletionStage<Void> sent =
                switch (subscriptions.use(frame.channel())) {
                    case GRANTED -> features.signals().sendSubscribed(frame, session.identity(), session.id(), trace);
                    case UNKNOWN -> features.signals().sendIfAllowed(frame, session.identity(), session.id(), trace);
                    case DOUBTFUL -> CompletableFuture.completedStage(null);
                };
        var unused = sent.whenComplete((done, failure) -> refuseLater(null, failure));
    }

    private void renew(ClientFrame.Auth frame) {
        var unused = features.renewal().renew(session.user(), frame.token()).whenComplete((renewed, failure) -> {
            if (renewed != null) {
                session.loop().execute(() -> {
                    session.renew(renewed);
                    subscriptions.renewed();
                    session.send(new ServerFrame.Authenticated(frame.ref(), renewed.expiresAt()));
                });
            } else {
                refuseLater(frame.ref(), failure);
            }
        });
    }

    /** A failure that is nobody's refusal was an ephemeral frame that the bus did not take: it may be dropped. */
    private void refuseLater(@Nullable Ref ref, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof Refusal refusal) {
            session.loop().execute(() -> session.refuse(ref, refusal));
        }
    }
}
