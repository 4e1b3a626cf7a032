package dev.dunlin.presence.owner;

import dev.dunlin.presence.shard.Chosen;
import dev.dunlin.presence.shard.Loaded;
import dev.dunlin.presence.shard.Member;
import dev.dunlin.presence.shard.NodePart;
import dev.dunlin.presence.shard.ShardChange;
import dev.dunlin.presence.shard.UserEntry;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The store in memory, which can lose what it has. {@link StoreContract} shows that Redis does the
 * same.
 */
final class MemoryShardStore implements LossyStore {
    private Map<Integer, State> states = new HashMap<>();
    private Map<Integer, State> saved = new HashMap<>();

    /** One shard. */
    private static final class State {
        private @Nullable Long owner;
        private @Nullable Long next;
        private long version;
        private boolean ready;
        private final Map<UserId, UserEntry> users = new HashMap<>();
        private final Map<UserId, Long> due = new HashMap<>();
        private final Map<UserId, Long> seen = new HashMap<>();
        private final Map<UserId, Long> erased = new HashMap<>();
        private final Map<UserId, Chosen> chosen = new HashMap<>();
        private final Map<UserId, Long> until = new HashMap<>();
        private final Map<NodeId, NodePart> parts = new HashMap<>();
        private final Map<NodeId, Set<Member>> members = new HashMap<>();

        State copy() {
            State copy = new State();
            copy.owner = owner;
            copy.next = next;
            copy.version = version;
            copy.ready = ready;
            copy.users.putAll(users);
            copy.due.putAll(due);
            copy.seen.putAll(seen);
            copy.erased.putAll(erased);
            copy.chosen.putAll(chosen);
            copy.until.putAll(until);
            copy.parts.putAll(parts);
            members.forEach((node, all) -> copy.members.put(node, new HashSet<>(all)));
            return copy;
        }
    }

    private State state(int shard) {
        return states.computeIfAbsent(shard, any -> new State());
    }

    /** Forgets when the user was last seen, and remembers the erasure. */
    void erase(int shard, UserId user, Instant until) {
        state(shard).erased.put(user, until.toEpochMilli());
        state(shard).seen.remove(user);
    }

    @Override
    public void save() {
        saved = copy(states);
    }

    @Override
    public void loseSinceSave() {
        states = copy(saved);
    }

    @Override
    public void loseAll() {
        states = new HashMap<>();
        saved = new HashMap<>();
    }

    @Override
    public boolean isReady(int shard) {
        return state(shard).ready;
    }

    private static Map<Integer, State> copy(Map<Integer, State> all) {
        return all.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().copy()));
    }

    @Override
    public Claim claim(int shard, Instant now) {
        State state = state(shard);
        long reign = Math.max(now.toEpochMilli(), state.owner == null ? 0 : state.owner + 1);
        state.owner = reign;
        return new Claim(
                reign,
                state.version,
                state.ready,
                state.next == null ? OptionalLong.empty() : OptionalLong.of(state.next),
                state.users.size(),
                Map.copyOf(state.parts),
                firstDue(shard));
    }

    @Override
    public Map<Integer, Loaded> load(Map<Integer, Wanted> wanted) {
        Map<Integer, Loaded> loaded = new HashMap<>();
        wanted.forEach((shard, of) -> {
            State state = state(shard);
            loaded.put(
                    shard,
                    new Loaded(
                            only(state.users, of.users()),
                            only(state.chosen, of.users()),
                            only(state.seen, of.ending()),
                            only(state.erased, of.ending()).keySet()));
        });
        return loaded;
    }

    private static <T> Map<UserId, T> only(Map<UserId, T> all, Set<UserId> these) {
        return all.entrySet().stream()
                .filter(one -> these.contains(one.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<Boolean> commit(List<Write> writes) {
        return writes.stream().map(this::commit).toList();
    }

    private boolean commit(Write write) {
        State state = state(write.shard());
        if (state.owner == null || state.owner != write.reign() || state.version != write.version()) {
            return false;
        }
        switch (write.state()) {
            case null -> {}
            case READY -> state.ready = true;
            case EMPTY -> {
                state.ready = false;
                state.users.clear();
                state.due.clear();
                state.parts.clear();
            }
        }
        state.version++;
        state.next = write.next();
        ShardChange change = write.change();
        put(state.users, change.users());
        put(state.due, change.due());
        put(state.erased, change.erased());
        put(state.chosen, change.chosen());
        put(state.until, change.until());
        put(state.parts, change.parts());
        change.seen()
                .forEach((user, at) -> at.ifPresentOrElse(
                        some -> state.seen.merge(user, some, Math::max), () -> state.seen.remove(user)));
        change.members().forEach((node, all) -> {
            Set<Member> members = state.members.computeIfAbsent(node, any -> new HashSet<>());
            all.forEach((member, there) -> {
                boolean unused = there ? members.add(member) : members.remove(member);
            });
        });
        return true;
    }

    private static <K, V> void put(Map<K, V> into, Map<K, Optional<V>> changes) {
        changes.forEach((key, value) -> value.ifPresentOrElse(some -> into.put(key, some), () -> into.remove(key)));
    }

    @Override
    public Map<Integer, Standing> standing(Collection<Integer> shards) {
        return shards.stream()
                .collect(Collectors.toMap(
                        shard -> shard, shard -> new Standing(state(shard).owner, state(shard).version)));
    }

    @Override
    public List<UserId> due(int shard, Instant now, int limit) {
        return until(state(shard).due, now, limit);
    }

    @Override
    public Optional<Instant> firstDue(int shard) {
        return state(shard).due.values().stream().min(Comparator.naturalOrder()).map(Instant::ofEpochMilli);
    }

    @Override
    public Set<Member> members(int shard, NodeId node, int limit) {
        return state(shard).members.getOrDefault(node, Set.of()).stream()
                .limit(limit)
                .collect(Collectors.toSet());
    }

    @Override
    public List<UserId> choicesOver(int shard, Instant now, int limit) {
        return until(state(shard).until, now, limit);
    }

    @Override
    public List<UserId> erasuresOver(int shard, Instant now, int limit) {
        return until(state(shard).erased, now, limit);
    }

    private static List<UserId> until(Map<UserId, Long> all, Instant now, int limit) {
        return all.entrySet().stream()
                .filter(one -> one.getValue() <= now.toEpochMilli())
                .map(Map.Entry::getKey)
                .limit(limit)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    @Override
    public Set<UserId> seenTooLongAgo(int shard, Instant before, int most, int limit) {
        Map<UserId, Long> seen = state(shard).seen;
        Set<UserId> users = new HashSet<>(until(seen, before.minusMillis(1), limit));
        seen.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(Math.clamp(seen.size() - most, 0, limit))
                .forEach(one -> users.add(one.getKey()));
        return users;
    }
}
