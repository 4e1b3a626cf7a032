package dev.dunlin.connection.presence;

import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionListener;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code presence} frames, and sends watchers the changes, one frame a second at most.
 * State belongs to the hub loop.
 */
public final class PresenceWatches implements SessionListener {
    private static final Duration BATCH = Duration.ofSeconds(1);
    private static final int MOST_WATCHED = 1_000;

    private final HubLoop loop;
    private final BusSubscriptions busSubscriptions;
    private final PresenceQuery query;
    private final ConnectionMetrics metrics;
    private final MissedChanges missed;
    private final Map<Session, Watcher> watchers = new HashMap<>();

    public PresenceWatches(
            HubLoop loop,
            BusSubscriptions busSubscriptions,
            PresenceQuery query,
            RandomGenerator random,
            ConnectionMetrics metrics) {
        this.loop = loop;
        this.busSubscriptions = busSubscriptions;
        this.query = query;
        this.metrics = metrics;
        this.missed = new MissedChanges(busSubscriptions, query, loop, random, metrics);
    }

    /** Starts to send batches. Once. */
    public void start() {
        loop.every(BATCH, this::flush);
        loop.execute(missed::start);
    }

    /**
     * Answers with the presence of the users. {@code watch: true} starts a watch before that, so
     * that no change is missed in between; {@code watch: false} ends it. A frame that would exceed
     * the limit of watches is refused and watches nobody. On the session's loop.
     */
    public void handle(Session session, ClientFrame.Presence frame) {
        loop.execute(() -> {
            if (isTooMuch(session, frame)) {
                metrics.refused("watches");
                session.loop()
                        .execute(() -> session.refuse(
                                frame.ref(),
                                ErrorCode.FORBIDDEN,
                                "a session may watch " + MOST_WATCHED + " users: end some watches first"));
                return;
            }
            var unused = watch(session, frame)
                    .thenCompose(watched -> query.presence(frame.users()))
                    .whenComplete((users, failure) -> loop.execute(() -> answer(session, frame, users)));
        });
    }

    private void answer(Session session, ClientFrame.Presence frame, @Nullable List<UserPresence> users) {
        Watcher watcher = watchers.get(session);
        if (users != null && watcher != null) {
            watcher.answered(users);
        }
        session.loop().execute(() -> {
            if (users != null) {
                session.send(new ServerFrame.PresenceState(frame.ref(), users));
            } else {
                session.refuse(frame.ref(), ErrorCode.UNAVAILABLE, "presence cannot be looked up now");
            }
        });
    }

    private boolean isTooMuch(Session session, ClientFrame.Presence frame) {
        Watcher watcher = watchers.get(session);
        return Boolean.TRUE.equals(frame.watch()) && watcher != null && watcher.sizeWith(frame.users()) > MOST_WATCHED;
    }

    private CompletionStage<Void> watch(Session session, ClientFrame.Presence frame) {
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        if (frame.watch() == null || !session.open()) {
            return all;
        }
        if (!frame.watch()) {
            frame.users().forEach(user -> unwatch(session, user));
            return all;
        }
        Watcher watcher = watchers.computeIfAbsent(session, s -> new Watcher());
        for (UserId user : frame.users()) {
            Optional<Watched> added = watcher.add(user);
            if (added.isPresent()) {
                CompletionStage<Void> confirmed = busSubscriptions.subscribe(BusChannel.ofPresence(user), added.get());
                all = all.thenCompose(before -> confirmed);
            }
        }
        return all;
    }

    private void unwatch(Session session, UserId user) {
        Watcher watcher = watchers.get(session);
        if (watcher != null) {
            watcher.remove(user).ifPresent(this::end);
        }
    }

    private void end(Watched watched) {
        busSubscriptions.unsubscribe(BusChannel.ofPresence(watched.user()), watched);
    }

    private void flush() {
        watchers.forEach((session, watcher) -> {
            List<UserPresence> changes = watcher.takeChanges();
            if (!changes.isEmpty()) {
                byte[] frame = Json.write(new ServerFrame.Presence(changes));
                session.loop().execute(() -> session.outbox().offerEphemeral(frame));
            }
        });
    }

    @Override
    public void started(Session session) {}

    @Override
    public void ended(Session session) {
        loop.execute(() -> {
            Watcher watcher = watchers.remove(session);
            if (watcher != null) {
                watcher.all().forEach(this::end);
            }
        });
    }
}
