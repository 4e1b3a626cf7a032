package dev.dunlin.connection.presence;

import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.PresenceBatch;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The watched users of one shard. It receives the shard's batches while there are any, and finds
 * out when some were lost. Hub loop only.
 */
final class WatchedShard implements Consumer<byte[]> {
    /** Owners publish a batch every 30 s, also without changes. */
    static final Duration SILENCE = Duration.ofSeconds(90);

    private static final Logger LOG = Logger.getLogger(WatchedShard.class);

    private final BusChannel channel;
    private final BusSubscriptions busSubscriptions;
    private final MissedChanges missed;
    private final HubLoop loop;
    private final Map<UserId, WatchedUser> users = new HashMap<>();
    private final ShardPosition position = new ShardPosition();
    private long heardAt;
    private CompletionStage<Void> confirmed = CompletableFuture.completedStage(null);
    private boolean subscribed;
    /** Whether the subscription was not confirmed in time. It may still carry batches. */
    private boolean unconfirmed;

    WatchedShard(int number, BusSubscriptions busSubscriptions, MissedChanges missed, HubLoop loop) {
        this.channel = BusChannel.ofPresence(number);
        this.busSubscriptions = busSubscriptions;
        this.missed = missed;
        this.loop = loop;
        this.heardAt = loop.nanos();
    }

    void add(Watched watch) {
        users.computeIfAbsent(watch.user(), WatchedUser::new).add(watch);
    }

    /** Removes a watch. With the last one the subscription ends. */
    void remove(Watched watch) {
        WatchedUser user = users.get(watch.user());
        if (user != null) {
            user.remove(watch);
            if (!user.watched()) {
                users.remove(watch.user());
            }
            if (users.isEmpty()) {
                unsubscribe();
            }
        }
    }

    Optional<WatchedUser> find(UserId user) {
        return Optional.ofNullable(users.get(user));
    }

    /** Whether nobody watches a user of the shard. */
    boolean isEmpty() {
        return users.isEmpty();
    }

    /**
     * Completes when no batch will be missed, or fails if the bus does not confirm that in time. A
     * later call then subscribes again: all watches of the shard depend on this subscription.
     */
    CompletionStage<Void> confirmed() {
        if (unconfirmed) {
            unsubscribe();
        }
        if (!subscribed) {
            subscribe();
        }
        return confirmed;
    }

    private void subscribe() {
        subscribed = true;
        unconfirmed = false;
        CompletionStage<Void> attempt = busSubscriptions.subscribe(channel, this);
        confirmed = attempt;
        var unused = attempt.exceptionally(failure -> {
            unconfirmed = confirmed.equals(attempt);
            return null;
        });
    }

    private void unsubscribe() {
        if (subscribed) {
            subscribed = false;
            busSubscriptions.unsubscribe(channel, this);
        }
    }

    /** Receives a batch from the bus. */
    @Override
    public void accept(byte[] payload) {
        try {
            received(Json.read(payload, PresenceBatch.class));
        } catch (InvalidInput e) {
            LOG.warnf("Dropped a batch of %s: %s", channel, e.getMessage());
        }
    }

    private void received(PresenceBatch batch) {
        ShardPosition.Step step = position.take(batch);
        if (step == ShardPosition.Step.OUT_OF_DATE) {
            return;
        }
        heardAt = loop.nanos();
        for (UserPresence change : batch.changes()) {
            WatchedUser user = users.get(change.user());
            if (user != null && change.status() != Status.UNKNOWN) {
                user.changed(change);
            }
        }
        List<UserId> rechecks = batch.rechecks();
        if (rechecks != null) {
            rechecks.forEach(user -> find(user).ifPresent(WatchedUser::recheck));
        }
        if (step == ShardPosition.Step.LOST) {
            suspect();
        }
    }

    /** Fetches the presence of all watched users of the shard. */
    void suspect() {
        missed.suspect(users.values());
    }

    /** Does so, too, if no batch came for too long. Call it now and then. */
    void checkSilence() {
        long now = loop.nanos();
        if (now - heardAt >= SILENCE.toNanos()) {
            heardAt = now;
            suspect();
        }
    }
}
