package dev.dunlin.connection.presence;

import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionListener;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.http.ContactList;
import dev.dunlin.protocol.http.PresenceList;
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
 * Answers {@code presence} frames, and sends watchers the changes that they may see. State belongs
 * to the hub loop.
 */
public final class PresenceWatches implements SessionListener {
    private static final int MOST_WATCHED = 1_000;
    /**
     * How often it is checked again whom a watcher may see, though nothing is known to change it.
     */
    static final Duration CHECKED_EVERY = Duration.ofMinutes(5);

    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final HubLoop loop;
    private final BusSubscriptions busSubscriptions;
    private final PresenceQuery query;
    private final ConnectionMetrics metrics;
    private final MissedChanges missed;
    private final WatchedShards shards;
    private final ChangeFrames frames;
    private final VisibilityChecks checks;
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
        this.missed = new MissedChanges(query, loop, random, metrics);
        this.shards = new WatchedShards(busSubscriptions, missed, loop);
        this.frames = new ChangeFrames(loop);
        this.checks = new VisibilityChecks(query, loop);
    }

    /** Starts to look for what the bus has lost, and to check what watchers may see. Once. */
    public void start() {
        loop.execute(() -> {
            shards.start();
            busSubscriptions.onReconnect(() -> watchers.values().forEach(Watcher::checkSoon));
            loop.every(SWEEP, this::sweep);
        });
    }

    private void sweep() {
        long now = loop.nanos();
        watchers.values().stream()
                .filter(watcher -> watcher.takeTurn(now, CHECKED_EVERY))
                .forEach(this::recheck);
    }

    private void recheck(Watcher watcher) {
        checks.check(watcher, watcher.all());
    }

    /**
     * Answers with the presence of the users. {@code watch: true} starts a watch before that, so
     * that no change is missed in between; {@code watch: false} ends it. A frame that would exceed
     * the limit of watches is refused and watches nobody. On the session's loop.
     */
    public void handle(Session session, ClientFrame.Presence frame) {
        loop.execute(() -> {
            if (frame.contacts() == null) {
                handle(session, frame, new ContactList(frame.users(), false));
            } else {
                var unused = query.contacts(session.user())
                        .whenComplete((contacts, failure) -> loop.execute(() -> {
                            if (contacts == null) {
                                refuse(session, frame, ErrorCode.UNAVAILABLE, "contacts cannot be looked up now");
                            } else {
                                handle(session, frame, contacts);
                            }
                        }));
            }
        });
    }

    private void handle(Session session, ClientFrame.Presence frame, ContactList named) {
        List<UserId> users = named.users();
        if (Boolean.TRUE.equals(frame.watch()) && isTooMuch(session, users)) {
            metrics.refused("watches");
            refuse(
                    session,
                    frame,
                    ErrorCode.FORBIDDEN,
                    "a session may watch " + MOST_WATCHED + " users: end some watches first");
            return;
        }
        CompletionStage<Void> ready = watch(session, frame, users);
        List<Watched> watches = watchesOf(session, users);
        Question question = new Question(watches);
        UserId viewer = session.identity().grants().server() ? null : session.user();
        var unused = ready.thenCompose(confirmed -> {
                    question.asked();
                    return seen(viewer, users);
                })
                .whenComplete((found, failure) -> loop.execute(() -> {
                    if (found == null) {
                        refuse(session, frame, ErrorCode.UNAVAILABLE, "presence cannot be looked up now");
                        question.failed();
                        watches.forEach(watch -> watch.watcher().recheck(watch)); // they stay watched
                    } else {
                        answer(session, frame, question, found, named.more());
                    }
                }));
    }

    private static void refuse(Session session, ClientFrame.Presence frame, ErrorCode code, String message) {
        session.loop().execute(() -> session.refuse(frame.ref(), code, message));
    }

    /** Contacts may take several questions. */
    private CompletionStage<PresenceList> seen(@Nullable UserId viewer, List<UserId> users) {
        if (users.isEmpty()) {
            return CompletableFuture.completedStage(new PresenceList(List.of()));
        }
        if (users.size() <= PresenceQuery.MOST) {
            return query.seen(viewer, users, false);
        }
        return query.seen(viewer, users.subList(0, PresenceQuery.MOST), false)
                .thenCompose(first -> seen(viewer, users.subList(PresenceQuery.MOST, users.size()))
                        .thenApply(first::and));
    }

    private void answer(
            Session session, ClientFrame.Presence frame, Question question, PresenceList found, boolean more) {
        session.loop()
                .execute(() ->
                        session.send(new ServerFrame.PresenceState(frame.ref(), found.users(), more ? true : null)));
        question.answered(found);
        if (watchers.containsKey(session)) {
            found.users().stream()
                    .filter(state -> state.status() == Status.UNKNOWN)
                    .flatMap(state -> shards.find(state.user()).stream())
                    .forEach(missed::unknown);
        }
    }

    private boolean isTooMuch(Session session, List<UserId> users) {
        Watcher watcher = watchers.get(session);
        return watcher != null && watcher.sizeWith(users) > MOST_WATCHED;
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

    private CompletionStage<Void> watch(Session session, ClientFrame.Presence frame, List<UserId> users) {
        if (frame.watch() == null || !session.open()) {
            return CompletableFuture.completedStage(null);
        }
        if (!frame.watch()) {
            unwatch(session, users, frame.contacts() != null);
            return CompletableFuture.completedStage(null);
        }
        Watcher watcher = watchers.computeIfAbsent(session, key -> new Watcher(key, frames, checks, loop.nanos()));
        if (frame.contacts() != null) {
            watcher.contacts(true);
        }
        users.forEach(user -> watcher.add(user).ifPresent(shards::add));
        return shards.confirmed(users);
    }

    private void unwatch(Session session, List<UserId> users, boolean contacts) {
        Watcher watcher = watchers.get(session);
        if (watcher != null) {
            users.forEach(user -> watcher.remove(user).ifPresent(shards::remove));
            if (contacts) {
                watcher.contacts(false);
            }
        }
    }

    /** What the session's user may see may have changed. On the hub loop. */
    public void notice(Session session, UserNotice notice) {
        Watcher watcher = watchers.get(session);
        if (watcher == null) {
            return;
        }
        switch (notice) {
            case UserNotice.Joined joined -> {
                joined.channel().directMembers().stream()
                        .filter(user -> !user.equals(session.user()))
                        .forEach(user -> befriend(watcher, user));
                recheck(watcher);
            }
            case UserNotice.Left left -> recheck(watcher);
            case UserNotice.MembershipsChanged changed -> recheck(watcher);
            case UserNotice.EndSessions end -> {}
        }
    }

    /** The user has a contact more. */
    private void befriend(Watcher watcher, UserId user) {
        if (watcher.contacts() && watcher.sizeWith(List.of(user)) <= MOST_WATCHED) {
            watcher.add(user).ifPresent(added -> {
                shards.add(added);
                var unused = shards.confirmed(List.of(user))
                        .whenComplete((confirmed, failure) -> loop.execute(() -> watcher.recheck(added)));
            });
        }
    }

    @Override
    public void started(Session session) {}

    @Override
    public void ended(Session session) {
        loop.execute(() -> {
            Watcher watcher = watchers.remove(session);
            if (watcher != null) {
                checks.forget(watcher);
                watcher.end().forEach(shards::remove);
            }
        });
    }
}
