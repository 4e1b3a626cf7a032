package dev.dunlin.connection.rate;

import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.session.Session;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether what a client sent is within the rate of its session and the rate of its user. A
 * frame above a rate is answered with {@code rate_limited}; a client that continues regardless is
 * closed with {@link CloseCode#RATE_LIMIT_ABUSED}. One gate serves all sessions of a node; each
 * session keeps its own {@link FrameRates}, from {@link #open}. On the session's loop.
 */
public final class RateGate {
    private final FrameLimits limits;
    private final UserRates users;
    private final InstantSource clock;
    private final ConnectionMetrics metrics;

    public RateGate(FrameLimits limits, UserRates users, InstantSource clock, ConnectionMetrics metrics) {
        this.limits = limits;
        this.users = users;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** The rates of a new session: nothing is used up. */
    public FrameRates open() {
        return new FrameRates(limits, clock);
    }

    /**
     * Counts the bytes of a transport message. Returns 0, or the milliseconds that its frames must
     * wait; pass them to {@link #admits}.
     */
    public long message(Session session, FrameRates own, int bytes) {
        return Math.max(own.bytes(bytes), users.bytes(session.user(), bytes));
    }

    /** Counts a frame, and answers it with an error if it is above a rate. */
    public boolean admits(Session session, FrameRates own, ClientFrame frame, long waitMs) {
        long frameWaitMs = frame instanceof ClientFrame.MessageFrame ? publish(session, own) : other(session, own);
        return within(session, own, frame.ref(), Math.max(waitMs, frameWaitMs));
    }

    /** The same for what is not a valid frame. */
    public boolean admitsInvalid(Session session, FrameRates own, @Nullable Ref ref, long waitMs) {
        return within(session, own, ref, Math.max(waitMs, other(session, own)));
    }

    /** Counts what only the transport sees, as a ping. It gets no answer above the rate. */
    public boolean admitsControl(Session session, FrameRates own) {
        if (other(session, own) == 0) {
            return true;
        }
        metrics.refused("rate");
        closeIfAbused(session, own);
        return false;
    }

    private long publish(Session session, FrameRates own) {
        return Math.max(own.publish(), users.publish(session.user()));
    }

    private long other(Session session, FrameRates own) {
        return Math.max(own.other(), users.other(session.user()));
    }

    private boolean within(Session session, FrameRates own, @Nullable Ref ref, long waitMs) {
        if (waitMs > 0) {
            metrics.refused("rate");
            session.send(new ServerFrame.ErrorReply(ref, ErrorCode.RATE_LIMITED, "too many frames", true, waitMs));
            closeIfAbused(session, own);
        }
        return waitMs == 0;
    }

    private void closeIfAbused(Session session, FrameRates own) {
        if (!own.exhausted() && own.abused()) {
            own.exhaust();
            metrics.abused();
            session.close(CloseCode.RATE_LIMIT_ABUSED, "the client kept sending after it was rate limited");
        }
    }
}
