package dev.dunlin.connection.session;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.protocol.NodeId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What this node reports of its sessions to presence-service: the newest event of each session,
 * which is sent until it is stored; digests, by which presence-service finds what it lost; and
 * lists of sessions, which repair that. One for a node. State belongs to the hub loop, which fixes
 * the order of all records.
 */
public final class SessionReports {
    private final HubLoop loop;
    private final RandomGenerator random;
    private final SessionLists lists;
    private final Retries retries;
    private final LostShards lost;
    private final UnsentEvents unsent;
    private final ShardDigests digests;
    private final List<CompletableFuture<Void>> settling = new ArrayList<>();
    private volatile int waiting;

    /**
     * @param life this life of the node, under which presence-service keeps its sessions
     * @param sessions all sessions of the node
     */
    public SessionReports(
            NodeId life,
            SessionRecords records,
            Supplier<Collection<Session>> sessions,
            HubLoop loop,
            InstantSource clock,
            RandomGenerator random) {
        this(life, records, sessions, loop, clock, random, UnsentEvents.MOST);
    }

    /** @param mostUnsent how many sessions may have an event that is not stored */
    SessionReports(
            NodeId life,
            SessionRecords records,
            Supplier<Collection<Session>> sessions,
            HubLoop loop,
            InstantSource clock,
            RandomGenerator random,
            int mostUnsent) {
        this.loop = loop;
        this.random = random;
        RecordTimes times = new RecordTimes(clock);
        this.lists = new SessionLists(life, records, times, loop, sessions);
        this.retries = new Retries(loop, this::send);
        this.lost = new LostShards(lists, retries, loop, this::drop);
        this.unsent = new UnsentEvents(life, records, times, loop, retries, this::attempted, mostUnsent);
        this.digests = new ShardDigests(life, records, times, loop, this::isSettled);
    }

    /** Starts to send digests. Call it once. */
    public void start() {
        digests.start(random);
    }

    /** Answers what the bus carries on {@code SESSIONS_WANTED}. */
    public Consumer<byte[]> wanted() {
        return lists;
    }

    /** Reports a change. */
    void report(SessionChange change) {
        digests.add(change);
        if (!lost.contains(change.shard()) && !unsent.add(change)) {
            lost.add(change.shard());
            if (!retries.pausing()) {
                lost.send(this::attempted);
            }
        }
        waiting = unsent.size();
    }

    /** The node's lease lapsed. Any thread. */
    public void lapsed() {
        loop.execute(digests::sendAll);
    }

    /** How many sessions have an event that is not stored. Any thread. */
    public int waiting() {
        return waiting;
    }

    /**
     * Completes when every change is stored. While the log does not answer, it does not complete.
     * Any thread.
     */
    public CompletableFuture<Void> settled() {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        loop.execute(() -> {
            settling.add(settled);
            unsent.send();
            completeIfSettled();
        });
        return settled;
    }

    private void drop(int shard) {
        unsent.drop(shard);
    }

    private void send() {
        lost.send(this::attempted);
        unsent.send();
    }

    private void attempted() {
        if (retries.answered() && !unsent.failing() && lost.isEmpty()) {
            retries.recovered();
        }
        if (!retries.pausing()) {
            lost.send(this::attempted);
            unsent.proceed();
        }
        waiting = unsent.size();
        completeIfSettled();
    }

    private void completeIfSettled() {
        if (unsent.size() == 0 && lost.isEmpty()) {
            settling.forEach(settled -> settled.complete(null));
            settling.clear();
        }
    }

    private boolean isSettled(int shard) {
        return !unsent.awaits(shard) && !lost.awaits(shard);
    }
}
