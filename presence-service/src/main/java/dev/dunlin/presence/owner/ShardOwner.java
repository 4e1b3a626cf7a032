package dev.dunlin.presence.owner;

import dev.dunlin.presence.owner.ShardStore.Standing;
import dev.dunlin.presence.owner.ShardStore.Wanted;
import dev.dunlin.presence.shard.Loaded;
import dev.dunlin.presence.shard.ShardBatch;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Owns the shards that this process was assigned: applies their records, publishes the changes, and
 * runs the timed work. For one thread. Methods throw
 * {@link dev.dunlin.presence.PresenceUnavailable} when an engine does not answer. Nothing is lost
 * by it: the caller polls again what was not applied, and calls again.
 */
public final class ShardOwner {
    /** How often to check leases, losses of the store, and repairs. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** While kept users are read. */
    private static final Duration RESTORING = Duration.ofMillis(100);

    private static final Duration BETWEEN_TRIMS = Duration.ofMinutes(10);
    private static final int TRIMMED_AT_ONCE = 1_000;

    private final Shards shards;
    private final ShardStore store;
    private final OwnerSettings settings;
    private final InstantSource clock;
    private final Observer observer;
    private final Intake intake;
    private final Graces graces;
    private final DeadNodes deadNodes;
    private final Rebuilds rebuilds;
    private final Choices choices;
    private Instant lookedAt = Instant.MIN;

    public ShardOwner(
            ShardStore store,
            SessionLog log,
            Feed feed,
            Nodes nodes,
            StoredUsers stored,
            OwnerSettings settings,
            InstantSource clock,
            Observer observer) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.observer = observer;
        this.shards = new Shards(store, log, feed, stored, clock, observer);
        this.intake = new Intake(shards, store, settings, clock, observer);
        this.graces = new Graces(shards, store, log, settings, clock);
        this.deadNodes = new DeadNodes(shards, store, nodes, settings, clock, observer);
        this.choices = new Choices(shards, store, stored, settings, clock);
        this.rebuilds = new Rebuilds(shards, feed, settings, clock);
    }

    /** These shards are this process's from now on. */
    public void assigned(Collection<Integer> numbers) {
        shards.assign(numbers);
    }

    /** These shards are not this process's any more. */
    public void revoked(Collection<Integer> numbers) {
        shards.revoke(numbers);
        show();
    }

    /** The offset of the next record of a shard, to poll from after a failure. */
    public Map<Integer, Long> positions() {
        return shards.all().stream().collect(Collectors.toMap(Shard::number, Shard::next));
    }

    /** Applies what was polled. */
    public void take(Map<Integer, List<Arrival>> polled) {
        intake.take(polled);
        shards.publish();
    }

    /** Runs what is due; returns the time until more is. */
    public Duration tick() {
        shards.claim();
        graces.run();
        choices.restore();
        rebuilds.finishUnused();
        shards.claim();
        shards.publish();
        if (!clock.instant().isBefore(nextLook())) {
            look();
            lookedAt = clock.instant();
            show();
        }
        Instant now = clock.instant();
        Instant next = Stream.of(shards.nextBatch(), graces.next().filter(first -> first.isAfter(now)))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .filter(soon -> soon.isBefore(nextLook()))
                .orElse(nextLook());
        Duration pause = next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
        return choices.waiting() && pause.compareTo(RESTORING) > 0 ? RESTORING : pause;
    }

    private Instant nextLook() {
        return lookedAt.equals(Instant.MIN) ? lookedAt : lookedAt.plus(LOOK);
    }

    private void look() {
        Collection<Shard> all = shards.all();
        Map<Integer, Standing> standing =
                store.standing(all.stream().map(Shard::number).toList());
        for (Shard shard : all) {
            if (!new Standing(shard.reign(), shard.version()).equals(standing.get(shard.number()))) {
                shards.doubt(shard);
            }
        }
        choices.end();
        rebuilds.run(deadNodes.check());
        shards.claim();
        shards.all().forEach(this::trim);
        shards.publish();
    }

    private void trim(Shard shard) {
        Instant now = clock.instant();
        // Not all of them in the same moment.
        Duration turn = BETWEEN_TRIMS.plus(LOOK.multipliedBy(shard.number()));
        if (shard.rebuild() != null || now.isBefore(shard.trimmedAt().plus(turn))) {
            return;
        }
        Set<UserId> seen = store.seenTooLongAgo(
                shard.number(), now.minus(settings.seenFor()), settings.seenUsers(), TRIMMED_AT_ONCE);
        List<UserId> over = store.erasuresOver(shard.number(), now, TRIMMED_AT_ONCE);
        if (seen.size() < TRIMMED_AT_ONCE && over.size() < TRIMMED_AT_ONCE) {
            shard.trimmedAt(now); // or else the rest is next
        }
        if (!seen.isEmpty() || !over.isEmpty()) {
            Loaded loaded = store.load(Map.of(shard.number(), new Wanted(Set.copyOf(over), Set.of())))
                    .getOrDefault(shard.number(), Loaded.NOTHING);
            ShardBatch batch = new ShardBatch(settings.rules(), now, loaded, shard.parts());
            batch.forgetErasures(over);
            batch.forgetSeen(seen);
            shards.commit(List.of(Prepared.timed(shard, batch, loaded)));
        }
    }

    private void show() {
        observer.holding(shards.all().stream().mapToLong(Shard::users).sum(), (int)
                shards.all().stream().filter(shard -> shard.rebuild() != null).count());
    }
}
