package dev.dunlin.connection.presence;

import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionListener;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code presence} frames, and sends watchers the changes. State belongs to the hub loop.
 */
public final class PresenceWatches implements SessionListener {
    private static final int MOST_WATCHED = 1_000;

    private final HubLoop loop;
    private final PresenceQuery query;
    private final ConnectionMetrics metrics;
    private final MissedChanges missed;
    private final WatchedShards shards;
    private final ChangeFrames frames;
    private final Map<Session, Watcher> watchers = new HashMap<>();

    public PresenceWatches(
            HubLoop loop,
            BusSubscriptions busSubscriptions,
            PresenceQuery query,
            RandomGenerator random,
            ConnectionMetrics metrics) {
        this.loop = loop;
        this.query = query;
        this.metrics = metrics;
        this.missed = new MissedChanges(query, loop, random, metrics);
        this.shards = new WatchedShards(busSubscriptions, missed, loop);
        this.frames = new ChangeFrames(loop);
    }

    /** Starts to look for changes that the bus has lost. Once. */
    public void start() {
        loop.execute(shards::start);
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
            CompletionStage<Void> ready = watch(session, frame);
            Question question = new Question(watchesOf(session, frame.users()));
            var unused = ready.thenCompose(confirmed -> {
                        question.asked();
                        return query.presence(frame.users());
                    })
                    .whenComplete((users, failure) -> loop.execute(() -> answer(session, frame, question, users)));
        });
    }

    private void answer(
            Session session, ClientFrame.Presence frame, Question question, @Nullable List<UserPresence> users) {
        session.loop().execute(() -> {
            if (users != null) {
                session.send(new ServerFrame.PresenceState(frame.ref(), users));
            } else {
                session.refuse(frame.ref(), ErrorCode.UNAVAILABLE, "presence cannot be looked up now");
            }
        });
        question.answered(users == null ? List.of() : users);
        if (users != null && watchers.containsKey(session)) {
            users.stream()
                    .filter(state -> state.status() == Status.UNKNOWN)
                    .flatMap(state -> shards.find(state.user()).stream())
                    .forEach(missed::unknown);
        }
    }

    private boolean isTooMuch(Session session, ClientFrame.Presence frame) {
        Watcher watcher = watchers.get(session);
        return Boolean.TRUE.equals(frame.watch()) && watcher != null && watcher.sizeWith(frame.users()) > MOST_WATCHED;
    }

    private List<Watched> watchesOf(Session session, List<UserId> users) {
        Watcher watcher = watchers.get(session);
        return watcher == null
                ? List.of()
                : users.stream()
                        .distinct()
                        .map(watcher::find)
                        .flatMap(Optional::stream)
                        .toList();
    }

    private CompletionStage<Void> watch(Session session, ClientFrame.Presence frame) {
        if (frame.watch() == null || !session.open()) {
            return CompletableFuture.completedStage(null);
        }
        if (!frame.watch()) {
            frame.users().forEach(user -> unwatch(session, user));
            return CompletableFuture.completedStage(null);
        }
        Watcher watcher = watchers.computeIfAbsent(session, key -> new Watcher(key, frames));
        frame.users().forEach(user -> watcher.add(user).ifPresent(shards::add));
        return shards.confirmed(frame.users());
    }

    private void unwatch(Session session, UserId user) {
        Watcher watcher = watchers.get(session);
        if (watcher != null) {
            watcher.remove(user).ifPresent(shards::remove);
        }
    }

    @Override
    public void started(Session session) {}

    @Override
    public void ended(Session session) {
        loop.execute(() -> {
            Watcher watcher = watchers.remove(session);
            if (watcher != null) {
                watcher.end().forEach(shards::remove);
            }
        });
    }
}
