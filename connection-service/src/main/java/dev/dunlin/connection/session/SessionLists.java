package dev.dunlin.connection.session;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.bus.SessionsWanted;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lists of all sessions in a shard. Sends those that presence-service asks for, which repeats what
 * got no answer. Hub loop only.
 */
final class SessionLists implements Consumer<byte[]> {
    /**
     * A shard that was answered within this time is not answered again: several may ask at once.
     */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(SessionLists.class);

    private final NodeId life;
    private final SessionRecords records;
    private final RecordTimes times;
    private final HubLoop loop;
    private final Supplier<Collection<Session>> sessions;
    /** Shard -> when it was answered last, in nanoseconds of the loop. */
    private final Map<Integer, Long> answered = new HashMap<>();

    SessionLists(
            NodeId life,
            SessionRecords records,
            RecordTimes times,
            HubLoop loop,
            Supplier<Collection<Session>> sessions) {
        this.life = life;
        this.records = records;
        this.times = times;
        this.loop = loop;
        this.sessions = sessions;
    }

    /** Receives a question from the bus. */
    @Override
    public void accept(byte[] payload) {
        try {
            SessionsWanted wanted = Json.read(payload, SessionsWanted.class);
            if (wanted.node() == null || wanted.node().equals(life)) {
                answer(wanted.shards());
            }
        } catch (InvalidInput e) {
            LOG.warnf("Dropped a question for sessions: %s", e.getMessage());
        }
    }

    private void answer(List<Integer> asked) {
        long now = loop.nanos();
        Set<Integer> due = asked.stream()
                .filter(shard -> shard >= 0 && shard < PresenceShard.COUNT)
                .filter(shard -> isDue(answered.get(shard), now))
                .collect(Collectors.toSet());
        due.forEach(shard -> answered.put(shard, now));
        send(due);
    }

    private static boolean isDue(@Nullable Long answeredAt, long now) {
        return answeredAt == null || now - answeredAt >= PAUSE.toNanos();
    }

    /**
     * Sends the list of each of these shards, as the sessions are now. Returns for each shard a
     * stage that completes when all parts are stored.
     */
    Map<Integer, CompletionStage<Void>> send(Set<Integer> shards) {
        Map<Integer, CompletionStage<Void>> stored = new LinkedHashMap<>();
        if (!shards.isEmpty()) {
            collect(shards).forEach((shard, listed) -> stored.put(shard, send(shard, listed)));
        }
        return stored;
    }

    private Map<Integer, List<SessionList.Listed>> collect(Set<Integer> shards) {
        Map<Integer, List<SessionList.Listed>> lists = new HashMap<>();
        shards.forEach(shard -> lists.put(shard, new ArrayList<>()));
        for (Session session : sessions.get()) {
            List<SessionList.Listed> list = lists.get(PresenceShard.of(session.user()));
            if (list != null) {
                list.add(new SessionList.Listed(session.id(), session.user(), session.away(), session.device()));
            }
        }
        return lists;
    }

    private CompletionStage<Void> send(int shard, List<SessionList.Listed> listed) {
        long at = times.next();
        int parts = Math.max(1, Math.ceilDiv(listed.size(), SessionList.MOST));
        List<CompletableFuture<Void>> stored = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int from = part * SessionList.MOST;
            SessionList list = new SessionList(
                    life,
                    at,
                    part,
                    part == parts - 1,
                    listed.subList(from, Math.min(listed.size(), from + SessionList.MOST)));
            stored.add(records.append(shard, list).toCompletableFuture());
        }
        return CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new));
    }
}
