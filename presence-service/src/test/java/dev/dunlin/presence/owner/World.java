package dev.dunlin.presence.owner;

import dev.dunlin.presence.owner.ShardStore.Wanted;
import dev.dunlin.presence.shard.Chosen;
import dev.dunlin.presence.shard.Loaded;
import dev.dunlin.presence.shard.Rules;
import dev.dunlin.presence.shard.Shown;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PresenceBatch;
import dev.dunlin.protocol.bus.SessionsWanted;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.StatusChoice.Mode;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.frame.VisibleTo;
import dev.dunlin.protocol.kafka.SessionDigest;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.SessionList;
import dev.dunlin.protocol.kafka.SessionList.Listed;
import dev.dunlin.protocol.kafka.SessionRecord;
import dev.dunlin.protocol.kafka.StatusChosen;
import dev.dunlin.protocol.kafka.VisibilityChosen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One shard with its log, its nodes and its owner, in which a test can lose anything. */
public final class World {
    static final Duration GRACE = Duration.ofSeconds(10);
    static final Duration MARGIN = Duration.ofSeconds(6);
    static final Duration SEEN_FOR = Duration.ofDays(90);
    static final int SEEN_USERS = 1_000;
    /** No shard that the service itself has. */
    public static final int SHARD = 81;

    private final LossyStore store;
    private final List<SessionRecord> log = new ArrayList<>();
    private final Map<NodeId, Map<SessionId, Listed>> nodes =
            new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    private final Set<NodeId> leased = new HashSet<>();
    private final List<SessionsWanted> asked = new ArrayList<>();
    private final List<PresenceBatch> published = new ArrayList<>();
    private final List<UserPresence> wronglyOffline = new ArrayList<>();
    private final List<UserPresence> exposed = new ArrayList<>();
    private final Counts counts = new Counts();
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private long at = now.toEpochMilli();
    private final MemoryStoredUsers kept = new MemoryStoredUsers();
    private final Map<UserId, StatusChoice> chosen = new HashMap<>();
    private final Map<UserId, @Nullable VisibleTo> visibleTo = new HashMap<>();
    /** The offset that was committed last: a while behind, as in Kafka. */
    private OptionalLong applied = OptionalLong.of(0);

    private int steps;
    /** Whether the next record, or the next question, does not arrive. */
    private boolean losing;

    private Instance process;

    World(LossyStore store) {
        this.store = store;
        this.process = new Instance();
        step();
    }

    /** What the owner reported. */
    static final class Counts implements Observer {
        private int swept;
        private int reconciled;
        private int rebuilding;

        @Override
        public void changed(Status status) {}

        @Override
        public void swept(int sessions) {
            swept += sessions;
        }

        @Override
        public void reconciled(int sessions) {
            reconciled += sessions;
        }

        @Override
        public void holding(long users, int shards) {
            rebuilding = shards;
        }

        int swept() {
            return swept;
        }

        int reconciled() {
            return reconciled;
        }

        int rebuilding() {
            return rebuilding;
        }
    }

    /** A process that reads the log. */
    final class Instance implements SessionLog {
        private final ShardOwner owner = newOwner(this);
        private int position = log.size();

        Instance() {
            owner.assigned(List.of(SHARD));
        }

        @Override
        public Map<Integer, Extent> extents(Collection<Integer> shards) {
            return Map.of(SHARD, new Extent(0, log.size()));
        }

        @Override
        public OptionalLong applied(int shard) {
            return applied;
        }

        @Override
        public void seek(int shard, long offset) {
            position = (int) offset;
        }

        @Override
        public Set<Integer> exhausted(Map<Integer, Long> next) {
            return next.equals(Map.of(SHARD, (long) log.size())) ? Set.of(SHARD) : Set.of();
        }

        /** Applies what it has not read. */
        void take() {
            List<Arrival> polled = new ArrayList<>();
            for (int offset = position; offset < log.size(); offset++) {
                polled.add(new Arrival(offset, log.get(offset)));
            }
            position = log.size();
            owner.take(Map.of(SHARD, polled));
        }
    }

    private ShardOwner newOwner(SessionLog reader) {
        Feed feed = new Feed() {
            @Override
            public void publish(Map<Integer, PresenceBatch> batches) {
                published.addAll(batches.values());
                batches.values().forEach(World.this::judge);
            }

            @Override
            public void ask(SessionsWanted wanted) {
                if (!losing) {
                    asked.add(wanted);
                }
                losing = false;
            }
        };
        OwnerSettings settings = new OwnerSettings(
                new Rules(
                        Map.of(Device.WEB, GRACE, Device.MOBILE, GRACE.multipliedBy(2), Device.DESKTOP, GRACE),
                        Duration.ofMinutes(10)),
                MARGIN,
                SEEN_FOR,
                SEEN_USERS);
        return new ShardOwner(store, reader, feed, any -> Set.copyOf(leased), kept, settings, () -> now, counts);
    }

    private void judge(PresenceBatch batch) {
        for (UserPresence change : batch.changes()) {
            boolean offline = change.status() == Status.OFFLINE;
            if (chosen(change.user()).status() == Mode.INVISIBLE) {
                if (!offline) {
                    exposed.add(change);
                }
            } else if (offline && truth(change.user()) != Status.OFFLINE) {
                wronglyOffline.add(change);
            }
        }
    }

    /** A record reaches the log, unless it is lost. */
    private void write(SessionRecord record) {
        if (!losing) {
            log.add(record);
        }
        losing = false;
    }

    private long next() {
        at = Math.max(at + 1, now.toEpochMilli());
        return at;
    }

    void loseNext() {
        losing = true;
    }

    void start(NodeId node, SessionId session, UserId user) {
        leased.add(node);
        if (nodes.computeIfAbsent(node, any -> new HashMap<>())
                        .putIfAbsent(session, new Listed(session, user, false, device(session)))
                == null) {
            write(new SessionEvent(SessionEvent.Kind.STARTED, session, user, node, next(), device(session)));
        }
    }

    /** The device of a session, by the last character of its id. */
    static Device device(SessionId session) {
        List<Device> all = List.of(Device.values());
        return all.get(session.value().charAt(session.value().length() - 1) % all.size());
    }

    void end(NodeId node, SessionId session) {
        Listed ended = nodes.getOrDefault(node, new HashMap<>()).remove(session);
        if (ended != null) {
            write(new SessionEvent(SessionEvent.Kind.ENDED, session, ended.user(), node, next(), device(session)));
        }
    }

    void away(NodeId node, SessionId session, boolean away) {
        Map<SessionId, Listed> sessions = nodes.getOrDefault(node, new HashMap<>());
        Listed before = sessions.get(session);
        if (before != null && before.away() != away) {
            sessions.put(session, new Listed(session, before.user(), away, device(session)));
            write(new SessionEvent(
                    away ? SessionEvent.Kind.AWAY : SessionEvent.Kind.ACTIVE,
                    session,
                    before.user(),
                    node,
                    next(),
                    device(session)));
        }
    }

    /** A user says what it is; that is not lost. */
    void choose(UserId user, StatusChoice choice) {
        chosen.put(user, choice);
        log.add(new StatusChosen(user, next(), choice));
    }

    /** A user says who sees it; that is not lost. */
    void showTo(UserId user, @Nullable VisibleTo viewers) {
        visibleTo.put(user, viewers);
        log.add(new VisibilityChosen(user, next(), viewers));
    }

    /** Who sees the user: as it said last, and as the owner knows. */
    Map.Entry<Optional<VisibleTo>, Optional<VisibleTo>> visibleTo(UserId user) {
        Loaded loaded =
                store.load(Map.of(SHARD, new Wanted(Set.of(user), Set.of()))).getOrDefault(SHARD, Loaded.NOTHING);
        return Map.entry(
                Optional.ofNullable(visibleTo.get(user)),
                Optional.ofNullable(
                        loaded.chosen().getOrDefault(user, Chosen.NOTHING).visibleTo()));
    }

    /** How the user is shown to others. */
    UserPresence shown(UserId user) {
        Loaded loaded = store.load(Map.of(SHARD, new Wanted(Set.of(user), Set.of(user))))
                .getOrDefault(SHARD, Loaded.NOTHING);
        return Shown.toOthers(
                user,
                loaded.users().get(user),
                loaded.chosen().getOrDefault(user, Chosen.NOTHING),
                loaded.seen().get(user),
                now);
    }

    /** What the user said last that it is, as far as it is not over. */
    StatusChoice chosen(UserId user) {
        return chosen.getOrDefault(user, StatusChoice.NONE).at(now.toEpochMilli());
    }

    /** Whether it was kept when the user was last seen. */
    boolean everSeen(UserId user) {
        return kept.everSeen(user);
    }

    Instant now() {
        return now;
    }

    void digest(NodeId node) {
        Map<SessionId, Listed> sessions = nodes.get(node);
        if (sessions != null) {
            long hash = sessions.values().stream()
                    .mapToLong(one -> SessionDigest.hash(one.session(), one.away()))
                    .reduce(0, (a, b) -> a ^ b);
            write(new SessionDigest(node, next(), sessions.size(), hash));
        }
    }

    /** The node answers what it was asked. */
    void answer() {
        for (SessionsWanted wanted : List.copyOf(asked)) {
            nodes.forEach((node, sessions) -> {
                if (wanted.node() == null || wanted.node().equals(node)) {
                    list(node, List.copyOf(sessions.values()));
                }
            });
        }
        asked.clear();
    }

    /** In parts of one session. */
    private void list(NodeId node, List<Listed> sessions) {
        long when = next();
        int parts = Math.max(1, sessions.size());
        for (int part = 0; part < parts; part++) {
            write(new SessionList(
                    node, when, part, part == parts - 1, sessions.isEmpty() ? List.of() : List.of(sessions.get(part))));
        }
    }

    /** The process of the node is gone, with its lease and its sessions. */
    void kill(NodeId node) {
        nodes.remove(node);
        leased.remove(node);
    }

    /** The process of the owner is replaced; returns the one until now. */
    Instance replaceOwner() {
        Instance before = process;
        process = new Instance();
        return before;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** One turn of the owner, over all that is in the log. */
    void step() {
        for (int i = 0; i < 3; i++) { // a claim and a look each need another turn
            process.take();
            var unused = process.owner.tick();
        }
        if (++steps % 3 == 0) {
            commit();
        }
    }

    /** The offset up to which records were applied is committed. */
    void commit() {
        Long position = process.owner.positions().get(SHARD);
        if (position != null) {
            applied = OptionalLong.of(position);
        }
    }

    /** Time in which nothing is lost any more. */
    void heal() {
        losing = false;
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofSeconds(3));
            nodes.keySet().forEach(this::digest);
            step();
            answer();
            step();
        }
    }

    Status status(UserId user) {
        Loaded loaded =
                store.load(Map.of(SHARD, new Wanted(Set.of(user), Set.of()))).getOrDefault(SHARD, Loaded.NOTHING);
        if (loaded.users().containsKey(user)) {
            return loaded.users().get(user).shown();
        }
        return store.isReady(SHARD) ? Status.OFFLINE : Status.UNKNOWN;
    }

    /** The status that the open sessions make. */
    Status truth(UserId user) {
        List<Listed> own = nodes.values().stream()
                .flatMap(sessions -> sessions.values().stream())
                .filter(one -> one.user().equals(user))
                .toList();
        return own.isEmpty() ? Status.OFFLINE : own.stream().allMatch(Listed::away) ? Status.AWAY : Status.ONLINE;
    }

    /**
     * What one hears who follows the batches, and asks again when it must: the changes of a user.
     */
    List<UserPresence> changes(UserId user) {
        return published.stream()
                .flatMap(batch -> batch.changes().stream())
                .filter(change -> change.user().equals(user))
                .toList();
    }

    /** Changes to offline that were published of users with open sessions. */
    List<UserPresence> wronglyOffline() {
        return wronglyOffline;
    }

    /** Changes of invisible users that showed them. */
    List<UserPresence> exposed() {
        return exposed;
    }

    /** The devices of the open sessions, with their status. */
    Map<Device, Status> devices(UserId user) {
        Map<Device, Status> devices = new EnumMap<>(Device.class);
        nodes.values().stream()
                .flatMap(sessions -> sessions.values().stream())
                .filter(one -> one.user().equals(user))
                .forEach(one -> devices.merge(
                        one.device(), one.away() ? Status.AWAY : Status.ONLINE, (a, b) -> a == Status.ONLINE ? a : b));
        return devices;
    }

    List<PresenceBatch> published() {
        return published;
    }

    Counts counts() {
        return counts;
    }

    LossyStore store() {
        return store;
    }
}
