package dev.dunlin.connection.drain;

import dev.dunlin.connection.lease.NodeLease;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionActivity;
import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Moves the clients of a stopping node to other nodes, some at a time. So clients that do not know
 * {@code goaway} also reconnect spread over time, and no client is without a link for long. Blocks
 * at most for the time that {@link Plan} allows.
 */
public final class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final String REASON = "the node stops";

    private final Readiness readiness;
    private final SessionDirectory sessions;
    private final SessionActivity activity;
    private final NodeLease lease;
    private final HubLoop loop;
    private final InstantSource clock;
    private final Plan plan;

    public Drain(
            Readiness readiness,
            SessionDirectory sessions,
            SessionActivity activity,
            NodeLease lease,
            HubLoop loop,
            InstantSource clock,
            Plan plan) {
        this.readiness = readiness;
        this.sessions = sessions;
        this.activity = activity;
        this.lease = lease;
        this.loop = loop;
        this.clock = clock;
        this.plan = plan;
    }

    /**
     * Drains: refuses new links, sends {@code goaway} and a close with 4000 batch by batch,
     * announces the ends of the sessions, and releases the lease.
     */
    public void run() {
        long began = clock.millis();
        readiness.drain();
        List<Session> present = List.copyOf(sessions.all()); // in the order of random ids
        sendAway(present, began);
        awaitNone(plan.linger());
        closeAll(sessions.all());
        awaitNone(plan.settle());
        // These links do not answer; their sessions end all the same.
        sessions.all().forEach(session -> session.loop().execute(() -> sessions.remove(session)));
        awaitNone(plan.settle());
        await(activity.settled(), plan.settle(), "session events");
        await(lease.release(), plan.settle(), "the lease");
        LOG.infof("Drained %d links in %d ms", present.size(), clock.millis() - began);
    }

    private void sendAway(List<Session> present, long began) {
        int batches = plan.batches(present.size());
        ServerFrame.GoAway goAway = new ServerFrame.GoAway(REASON, 0, Plan.BATCH.toMillis());
        for (int i = 0; i < batches; i++) {
            List<Session> batch = present.subList(
                    (int) ((long) present.size() * i / batches), (int) ((long) present.size() * (i + 1) / batches));
            batch.forEach(session -> session.loop().execute(() -> session.send(goAway)));
            loop.after(plan.linger(), () -> closeAll(batch));
            Duration untilNext = Duration.ofMillis(began + Plan.BATCH.toMillis() * (i + 1) - clock.millis());
            if (i < batches - 1 && untilNext.isPositive()) {
                awaitNone(untilNext);
            }
        }
    }

    private static void closeAll(Iterable<Session> these) {
        these.forEach(session -> session.loop().execute(() -> session.close(CloseCode.GOING_AWAY, REASON)));
    }

    private void awaitNone(Duration atMost) {
        await(sessions.whenEmpty(), atMost, "");
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
