package dev.dunlin.connection.presence;

import dev.dunlin.connection.bus.BusTopics;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionListener;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannels;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Answers {@code presence} frames, and tells watchers of changes, one frame a second at most. State belongs to the hub loop. */
public final class PresenceWatches implements SessionListener {
    private static final Logger LOG = Logger.getLogger(PresenceWatches.class);
    private static final Duration BATCH = Duration.ofSeconds(1);
    private static final int MOST_WATCHED = 1_000;

    private final HubLoop loop;
    private final BusTopics topics;
    private final PresenceQuery query;
    private final Map<Session, Watcher> watchers = new HashMap<>();

    public PresenceWatches(HubLoop loop, BusTopics topics, PresenceQuery query) {
        this.loop = loop;
        this.topics = topics;
        this.query = query;
    }

    /** Whom one session watches, and what it was not told yet. */
    private record Watcher(Map<UserId, Consumer<byte[]>> watched, Map<UserId, UserPresence> changes) {}

    /** Starts to send batches. Once. */
    public void start() {
        loop.every(BATCH, this::flush);
    }

    /** Answers with the state; {@code watch: true} first watches, so that nothing is missed in between, {@code watch: false} ends that. On the session's loop. */
    public void handle(Session session, ClientFrame.Presence frame) {
        loop.execute(() -> {
            var unused = watch(session, frame)
                    .thenCompose(watched -> query.presence(frame.users()))
                    .whenComplete((users, failure) -> session.loop().execute(() -> {
                        if (failure == null) {
                            session.send(new ServerFrame.PresenceState(frame.ref(), users));
                        } else {
                            session.refuse(frame.ref(), ErrorCode.UNAVAILABLE, "presence cannot be looked up now");
                        }
                    }));
        });
    }

    private CompletionStage<Void> watch(Session session, ClientFrame.Presence frame) {
        if (frame.watch() == null || !session.open()) {
            return CompletableFuture.completedFuture(null);
        }
        if (!frame.watch()) {
            frame.users().forEach(user -> unwatch(session, user));
            return CompletableFuture.completedFuture(null);
        }
        Watcher watcher =
                watchers.computeIfAbsent(session, s -> new Watcher(new LinkedHashMap<>(), new LinkedHashMap<>()));
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        for (UserId user : frame.users()) {
            if (!watcher.watched().containsKey(user)) {
                if (watcher.watched().size() >= MOST_WATCHED) {
                    unwatch(session, watcher.watched().keySet().iterator().next()); // the one watched longest
                }
                Consumer<byte[]> receiver = payload -> changed(watcher, user, payload);
                watcher.watched().put(user, receiver);
                CompletionStage<Void> confirmed = topics.subscribe(BusChannels.ofPresence(user), receiver);
                all = all.thenCompose(before -> confirmed);
            }
        }
        return all;
    }

    private void unwatch(Session session, UserId user) {
        Watcher watcher = watchers.get(session);
        if (watcher != null) {
            Consumer<byte[]> receiver = watcher.watched().remove(user);
            if (receiver != null) {
                topics.unsubscribe(BusChannels.ofPresence(user), receiver);
            }
        }
    }

    private static void changed(Watcher watcher, UserId user, byte[] payload) {
        try {
            watcher.changes().put(user, Json.read(payload, UserPresence.class));
        } catch (InvalidInput e) {
            LOG.warnf("Dropped a presence change of %s: %s", user, e.getMessage());
        }
    }

    private void flush() {
        watchers.forEach((session, watcher) -> {
            if (!watcher.changes().isEmpty()) {
                ServerFrame.Presence frame =
                        new ServerFrame.Presence(List.copyOf(watcher.changes().values()));
                watcher.changes().clear();
                session.loop().execute(() -> session.outbox().offerEphemeral(Json.write(frame)));
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
                watcher.watched()
                        .forEach((user, receiver) -> topics.unsubscribe(BusChannels.ofPresence(user), receiver));
            }
        });
    }
}
