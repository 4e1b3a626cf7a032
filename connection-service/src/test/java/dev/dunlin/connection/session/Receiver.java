package dev.dunlin.connection.session;

import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionDigest;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.SessionList;
import dev.dunlin.protocol.kafka.SessionRecord;
import dev.dunlin.protocol.kafka.StatusChosen;
import dev.dunlin.protocol.kafka.VisibilityChosen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What presence-service makes of the records of one node: of a session the event with the latest
 * time wins, and a list takes the place of all sessions of its shard that are older.
 */
final class Receiver {
    private final Map<SessionId, Known> known = new HashMap<>();
    private final List<SessionList> parts = new ArrayList<>();
    private final Map<Integer, Boolean> lastDigests = new HashMap<>();

    private record Known(int shard, boolean open, boolean away, long at) {}

    /** Reads every shard from its beginning. */
    void readAll(MemoryRecords records) {
        for (int shard = 0; shard < PresenceShard.COUNT; shard++) {
            for (SessionRecord record : records.stored(shard)) {
                read(shard, record);
            }
        }
    }

    /** The open sessions, and whether each is away. */
    Map<SessionId, Boolean> sessions() {
        Map<SessionId, Boolean> open = new HashMap<>();
        known.forEach((session, state) -> {
            if (state.open()) {
                open.put(session, state.away());
            }
        });
        return open;
    }

    /** Shard -> whether its last digest was right. */
    Map<Integer, Boolean> lastDigests() {
        return lastDigests;
    }

    /** What a receiver should know of these sessions. */
    static Map<SessionId, Boolean> sessionsOf(SessionDirectory directory) {
        Map<SessionId, Boolean> open = new HashMap<>();
        directory.all().forEach(session -> open.put(session.id(), session.away()));
        return open;
    }

    private void read(int shard, SessionRecord record) {
        switch (record) {
            case SessionEvent event -> {
                boolean away = event.type() == SessionEvent.Kind.AWAY;
                boolean open = event.type() != SessionEvent.Kind.ENDED;
                put(event.session(), new Known(shard, open, away, event.at()));
            }
            case SessionList list -> read(shard, list);
            case SessionDigest digest -> check(shard, digest);
            case StatusChosen chosen -> throw new IllegalStateException("no node writes " + chosen);
            case VisibilityChosen chosen -> throw new IllegalStateException("no node writes " + chosen);
        }
    }

    private void read(int shard, SessionList list) {
        if (!parts.isEmpty() && parts.getFirst().at() != list.at()) {
            parts.clear(); // a list of which a part was not stored
        }
        if (list.part() != parts.size()) {
            return;
        }
        parts.add(list);
        if (list.last()) {
            known.values().removeIf(state -> state.shard() == shard && state.at() < list.at());
            for (SessionList part : parts) {
                part.sessions().forEach(one -> put(one.session(), new Known(shard, true, one.away(), list.at())));
            }
            parts.clear();
        }
    }

    private void put(SessionId session, Known state) {
        Known before = known.get(session);
        if (before == null || before.at() < state.at()) {
            known.put(session, state);
        }
    }

    private void check(int shard, SessionDigest digest) {
        int count = 0;
        long hash = 0;
        for (Map.Entry<SessionId, Known> entry : known.entrySet()) {
            Known state = entry.getValue();
            if (state.shard() == shard && state.open()) {
                count++;
                hash ^= SessionDigest.hash(entry.getKey(), state.away());
            }
        }
        lastDigests.put(shard, count == digest.count() && hash == digest.hash());
    }
}
