package dev.dunlin.presence.owner;

import dev.dunlin.presence.owner.ShardStore.Wanted;
import dev.dunlin.presence.shard.Loaded;
import dev.dunlin.presence.shard.Member;
import dev.dunlin.presence.shard.ShardBatch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.SessionDigest;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.SessionList;
import dev.dunlin.protocol.kafka.SessionRecord;
import dev.dunlin.protocol.kafka.StatusChosen;
import dev.dunlin.protocol.kafka.VisibilityChosen;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies polled records: reads what is stored of their users, of all shards at once, and stores
 * what they change. For one thread.
 */
final class Intake {
    private final Shards shards;
    private final ShardStore store;
    private final OwnerSettings settings;
    private final InstantSource clock;
    private final Observer observer;

    Intake(Shards shards, ShardStore store, OwnerSettings settings, InstantSource clock, Observer observer) {
        this.shards = shards;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.observer = observer;
    }

    /** Applies what is of a claimed shard. The rest is polled again after the claim. */
    void take(Map<Integer, List<Arrival>> polled) {
        Map<Shard, Deque<Segment>> work = new HashMap<>();
        polled.forEach((number, arrivals) -> shards.find(number)
                .ifPresent(shard -> work.put(shard, Segment.cut(arrivals, shard.next(), shard.lists()))));
        work.values().removeIf(Deque::isEmpty);
        while (!work.isEmpty()) {
            Map<Shard, Segment> round = new HashMap<>();
            work.forEach((shard, segments) -> round.put(shard, segments.removeFirst()));
            apply(round);
            work.entrySet().removeIf(left -> left.getValue().isEmpty() || !shards.holds(left.getKey()));
        }
    }

    private void apply(Map<Shard, Segment> round) {
        Map<Shard, Set<Member>> members = new HashMap<>();
        Map<Integer, Wanted> wanted = new HashMap<>();
        round.forEach((shard, segment) -> {
            Set<UserId> users = new HashSet<>(segment.users());
            Set<UserId> ending = new HashSet<>(segment.ending());
            ListParts.Whole list = segment.list();
            if (list != null) {
                Set<Member> known = store.members(shard.number(), list.node(), Integer.MAX_VALUE);
                members.put(shard, known);
                known.forEach(member -> ending.add(member.user()));
                list.sessions().forEach(listed -> users.add(listed.user()));
                users.addAll(ending);
            }
            wanted.put(shard.number(), new Wanted(users, ending));
        });
        Map<Integer, Loaded> loaded = store.load(wanted);
        List<Prepared> batches = new ArrayList<>();
        round.forEach((shard, segment) -> batches.add(prepare(
                shard,
                segment,
                loaded.getOrDefault(shard.number(), Loaded.NOTHING),
                members.getOrDefault(shard, Set.of()))));
        shards.commit(batches);
    }

    private Prepared prepare(Shard shard, Segment segment, Loaded loaded, Set<Member> known) {
        ShardBatch batch = new ShardBatch(settings.rules(), clock.instant(), loaded, shard.parts());
        segment.records().forEach(record -> apply(record, batch));
        ListParts.Whole list = segment.list();
        if (list == null) {
            return new Prepared(shard, batch, loaded, segment.next(), null, () -> {});
        }
        int corrected = batch.replace(list.node(), list.at(), known, list.sessions());
        return new Prepared(shard, batch, loaded, segment.next(), null, () -> {
            shard.listed(list.node());
            if (shard.rebuild() == null) {
                observer.reconciled(corrected);
            }
        });
    }

    private static void apply(SessionRecord record, ShardBatch batch) {
        switch (record) {
            case SessionEvent event -> batch.apply(event);
            case SessionDigest digest -> batch.compare(digest);
            case StatusChosen chosen -> batch.apply(chosen);
            case VisibilityChosen chosen -> batch.apply(chosen);
            case SessionList list -> throw new IllegalStateException("a list is joined from its parts first");
        }
    }
}
