package dev.dunlin.connection.session;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionDigest;
import java.time.Duration;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The digest of each shard: how many sessions this node has in it, and the exclusive or of their
 * hashes. Sends those that changed, and the others seldom, so that presence-service finds what it
 * has lost. A digest that is not stored is sent with the next ones. Hub loop only.
 */
final class ShardDigests {
    /** How often digests are sent. */
    static final Duration EVERY = Duration.ofSeconds(30);

    /** A digest that does not change is sent again after this time. */
    static final Duration AGAIN = Duration.ofMinutes(5);

    private final NodeId life;
    private final SessionRecords records;
    private final RecordTimes times;
    private final HubLoop loop;
    private final IntPredicate settled;
    private final Shard[] shards =
            IntStream.range(0, PresenceShard.COUNT).mapToObj(i -> new Shard()).toArray(Shard[]::new);

    private static final class Shard {
        private int count;
        private long hash;
        /** How often it has changed; 0 if it never had a session. */
        private long changes;
        /** {@link #changes} of the newest digest that is stored. */
        private long storedChanges;
        /** When that digest was sent, in nanoseconds of the loop. */
        private long storedAt;
        /** Whether a digest is due though nothing changed. */
        private boolean wanted;
        /** Since when. */
        private long wantedAt;

        boolean due(long now) {
            return changes > 0 && (wanted || changes != storedChanges || now - storedAt >= AGAIN.toNanos());
        }

        void stored(long sentChanges, long sentAt) {
            storedChanges = Math.max(storedChanges, sentChanges);
            storedAt = sentAt;
            wanted &= sentAt - wantedAt < 0;
        }

        void want(long now) {
            wanted = true;
            wantedAt = now;
        }
    }

    /**
     * @param settled whether everything of a shard is stored: a digest stands for all records
     *     before it
     */
    ShardDigests(NodeId life, SessionRecords records, RecordTimes times, HubLoop loop, IntPredicate settled) {
        this.life = life;
        this.records = records;
        this.times = times;
        this.loop = loop;
        this.settled = settled;
    }

    /**
     * Starts to send digests. Call it once. {@code random} keeps the nodes from sending at the same
     * moment.
     */
    void start(RandomGenerator random) {
        loop.after(Duration.ofMillis(random.nextLong(EVERY.toMillis())), () -> {
            sendDue();
            loop.every(EVERY, this::sendDue);
        });
    }

    /** A session of the shard has started, ended or changed. */
    void add(SessionChange change) {
        Shard shard = shards[change.shard()];
        shard.count += change.count();
        shard.hash ^= change.hash();
        shard.changes++;
    }

    /** Presence-service may have lost this node: sends the digests of all its shards. */
    void sendAll() {
        for (Shard shard : shards) {
            shard.want(loop.nanos());
        }
        sendDue();
    }

    private void sendDue() {
        long now = loop.nanos();
        for (int i = 0; i < shards.length; i++) {
            if (shards[i].due(now) && settled.test(i)) {
                send(i, shards[i], now);
            }
        }
    }

    private void send(int number, Shard shard, long now) {
        long sent = shard.changes;
        var unused = records.append(number, new SessionDigest(life, times.next(), shard.count, shard.hash))
                .whenComplete((ok, failure) -> {
                    if (failure == null) {
                        loop.execute(() -> shard.stored(sent, now));
                    }
                });
    }
}
