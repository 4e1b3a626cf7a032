package dev.dunlin.connection.drain;

import dev.dunlin.connection.lease.NodeLease;
import dev.dunlin.connection.session.SessionActivity;
import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Sends the clients of a stopping node to others. Blocks for as long as {@link Plan} says, at most. */
public final class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);

    private final Readiness readiness;
    private final SessionDirectory sessions;
    private final SessionActivity activity;
    private final NodeLease lease;
    private final Plan plan;

    /**
     * How to go.
     *
     * @param linger how long clients may leave by themselves after {@code goaway}
     * @param settle how long the links may take to close, and then again how long the last events may take to be told
     * @param jitter over which clients spread their return
     */
    public record Plan(Duration linger, Duration settle, Duration jitter) {}

    public Drain(Readiness readiness, SessionDirectory sessions, SessionActivity activity, NodeLease lease, Plan plan) {
        this.readiness = readiness;
        this.sessions = sessions;
        this.activity = activity;
        this.lease = lease;
        this.plan = plan;
    }

    /** Goes: no new links, {@code goaway}, close with 4000, tell that the sessions ended, give up the lease. */
    public void run() {
        readiness.drain();
        int links = sessions.size();
        ServerFrame.GoAway goAway =
                new ServerFrame.GoAway("the node stops", 0, plan.jitter().toMillis());
        sessions.all().forEach(session -> session.loop().execute(() -> session.send(goAway)));
        awaitNone(plan.linger());
        sessions.all()
                .forEach(
                        session -> session.loop().execute(() -> session.close(CloseCode.GOING_AWAY, "the node stops")));
        awaitNone(plan.settle());
        // Links that do not answer: their sessions end all the same.
        sessions.all().forEach(session -> session.loop().execute(() -> sessions.remove(session)));
        awaitNone(plan.settle());
        await(activity.settled(), plan.settle(), "session events");
        await(lease.release(), plan.settle(), "the lease");
        LOG.infof("Drained %d links", links);
    }

    private void awaitNone(Duration atMost) {
        CompletableFuture<Void> empty = sessions.whenEmpty();
        await(empty, atMost, "");
    }

    private static void await(CompletionStage<Void> stage, Duration atMost, String what) {
        try {
            stage.toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            if (!what.isEmpty()) {
                LOG.warnf("Did not finish in time while stopping: %s (%s)", what, e);
            }
        }
    }
}
