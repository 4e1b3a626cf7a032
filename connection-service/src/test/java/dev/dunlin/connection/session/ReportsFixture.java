package dev.dunlin.connection.session;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.fake.ManualLoop;
import dev.dunlin.connection.fake.MemoryLink;
import dev.dunlin.connection.link.Outbox;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.SessionsWanted;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.kafka.PresenceShard;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The reports of one node, on a loop and a log that are driven by hand. */
final class ReportsFixture {
    static final NodeId LIFE = new NodeId("conn-1.aa");
    static final Duration LINGER = UnsentEvents.LINGER;

    final ManualLoop loop = new ManualLoop();
    final MemoryRecords records = new MemoryRecords();
    final SessionReports reports;
    final SessionActivity activity;
    final SessionDirectory directory;
    long clockMs = 1_000;
    private long lastSession;

    ReportsFixture() {
        this(UnsentEvents.MOST);
    }

    ReportsFixture(int mostUnsent) {
        reports = new SessionReports(LIFE, records, this::sessions, loop, this::now, new Random(1), mostUnsent);
        activity = new SessionActivity(reports, loop);
        directory = new SessionDirectory(List.of(activity));
        reports.start();
    }

    private Collection<Session> sessions() {
        return directory.all();
    }

    private Instant now() {
        return Instant.ofEpochMilli(clockMs);
    }

    Session start(String user) {
        MemoryLink link = new MemoryLink(loop);
        Session session = new Session(
                new SessionKey(7, ++lastSession),
                new Identity(new UserId(user), new TokenGrants(false, List.of()), 0, Long.MAX_VALUE),
                Device.MOBILE,
                link,
                new Outbox(link, 4_000, new CountingMetrics()));
        directory.add(session);
        return session;
    }

    void end(Session session) {
        directory.remove(session);
    }

    void away(Session session, boolean away) {
        activity.handle(session, away ? new ClientFrame.Away() : new ClientFrame.Active());
    }

    void want(@Nullable NodeId node, Integer... shards) {
        reports.wanted().accept(Json.write(new SessionsWanted(node, List.of(shards))));
        loop.run();
    }

    void pass(Duration time) {
        clockMs += time.toMillis();
        loop.pass(time);
    }

    /** Stores everything until nothing more comes. */
    void settle() {
        CompletableFuture<Void> settled = reports.settled();
        loop.run();
        for (int i = 0; i < 100 && !(settled.isDone() && records.waiting().isEmpty()); i++) {
            pass(Duration.ofSeconds(6));
            records.storeAll();
            loop.run();
        }
    }

    /** The n-th user, from 0, of this shard. */
    static String user(int shard, int n) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "u" + i)
                .filter(user -> PresenceShard.of(new UserId(user)) == shard)
                .skip(n)
                .findFirst()
                .orElseThrow();
    }
}
