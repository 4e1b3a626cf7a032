package dev.dunlin.presence.owner;

import dev.dunlin.presence.owner.ShardStore.Wanted;
import dev.dunlin.presence.shard.Loaded;
import dev.dunlin.presence.shard.ShardBatch;
import dev.dunlin.protocol.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What users chose for their presence: ends it when its time is over, and restores it after the
 * store has lost it. For one thread.
 */
final class Choices {
    private static final int BATCH = 500;

    private final Shards shards;
    private final ShardStore store;
    private final StoredUsers stored;
    private final OwnerSettings settings;
    private final InstantSource clock;

    Choices(Shards shards, ShardStore store, StoredUsers stored, OwnerSettings settings, InstantSource clock) {
        this.shards = shards;
        this.store = store;
        this.stored = stored;
        this.settings = settings;
        this.clock = clock;
    }

    /** Ends what is over. */
    void end() {
        Instant now = clock.instant();
        for (Shard shard : shards.all()) {
            if (shard.rebuild() == null) {
                List<UserId> over = store.choicesOver(shard.number(), now, BATCH);
                if (!over.isEmpty()) {
                    change(shard, Set.copyOf(over), batch -> batch.endChoices(over));
                }
            }
        }
    }

    /** Restores what was read; asks for what was not asked for. */
    void restore() {
        for (Shard shard : shards.all()) {
            Shard.Rebuild rebuild = shard.rebuild();
            if (rebuild != null && rebuild.begin()) {
                stored.read(shard.number(), shard.reign());
            }
        }
        for (StoredUsers.Part part : stored.take()) {
            shards.find(part.shard())
                    .filter(shard -> shard.reign() == part.reign())
                    .ifPresent(shard -> restore(shard, part));
        }
    }

    private void restore(Shard shard, StoredUsers.Part part) {
        Shard.Rebuild rebuild = shard.rebuild();
        if (rebuild == null) {
            return;
        }
        Set<UserId> users =
                part.fields().stream().map(kept -> kept.key().user()).collect(Collectors.toSet());
        if (!users.isEmpty()) {
            change(
                    shard,
                    users,
                    batch -> part.fields().stream()
                            .filter(kept -> !isOlder(kept, rebuild))
                            .forEach(kept -> batch.restore(kept.key(), kept.value())));
        }
        if (part.last() && shards.holds(shard)) {
            rebuild.restored(true);
        }
    }

    /** Whether it was changed since; of last seen the latest counts, whichever came first. */
    private static boolean isOlder(StoredUsers.Kept kept, Shard.Rebuild rebuild) {
        return rebuild.changed().contains(kept.key()) && kept.value().lastSeen() == null;
    }

    private interface Change {
        void make(ShardBatch batch);
    }

    private void change(Shard shard, Set<UserId> users, Change change) {
        Loaded loaded = store.load(Map.of(shard.number(), new Wanted(new HashSet<>(users), new HashSet<>(users))))
                .getOrDefault(shard.number(), Loaded.NOTHING);
        ShardBatch batch = new ShardBatch(settings.rules(), clock.instant(), loaded, shard.parts());
        change.make(batch);
        shards.commit(List.of(Prepared.timed(shard, batch, loaded)));
    }

    /** Whether a shard waits for what is kept. */
    boolean waiting() {
        return shards.all().stream().anyMatch(shard -> {
            Shard.Rebuild rebuild = shard.rebuild();
            return rebuild != null && !rebuild.restored();
        });
    }
}
