package dev.dunlin.connection.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.fake.ManualLoop;
import dev.dunlin.connection.fake.MemoryLink;
import dev.dunlin.connection.link.Outbox;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.connection.session.SessionKey;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Device;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final CountingMetrics metrics = new CountingMetrics();
    private final AtomicLong now = new AtomicLong();
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    private final ManualLoop loop = new ManualLoop();
    private final Heartbeat heartbeat = new Heartbeat(loop, clock, Duration.ofSeconds(30), metrics);
    private final SessionDirectory sessions = new SessionDirectory(List.of(heartbeat));
    private final MemoryLink link = new MemoryLink(Runnable::run);

    @Test
    void linkThatWasSilentForThreePeriodsIsClosed() {
        session(1, link, Long.MAX_VALUE);
        pass(89);
        assertThat(link.closed()).isNull();
        pass(1);
        assertThat(link.closed()).isEqualTo(CloseCode.HEARTBEAT_TIMEOUT);
        assertThat(link.pings()).isBetween(2, 3);
        assertThat(metrics.heartbeats).hasValue(1);
    }

    @Test
    void linkThatIsHeardAgainInTheEndStays() {
        session(1, link, Long.MAX_VALUE);
        pass(88);
        link.heard(now.get());
        pass(60);
        assertThat(link.closed()).isNull();
        pass(30);
        assertThat(link.closed()).isEqualTo(CloseCode.HEARTBEAT_TIMEOUT);
    }

    @Test
    void linkThatIsHeardIsNeitherPingedNorClosed() {
        session(1, link, Long.MAX_VALUE);
        for (int second = 0; second < 300; second++) {
            link.heard(now.get());
            pass(1);
        }
        assertThat(link.pings()).isZero();
        assertThat(link.closed()).isNull();
    }

    @Test
    void linkThatAnswersIsPingedOnceAPeriod() {
        session(1, link, Long.MAX_VALUE);
        for (int second = 0; second < 300; second++) {
            int before = link.pings();
            pass(1);
            if (link.pings() > before) {
                link.heard(now.get());
            }
        }
        assertThat(link.pings()).isBetween(9, 10);
        assertThat(link.closed()).isNull();
    }

    @Test
    void linksAreSpreadOverThePeriod() {
        List<MemoryLink> links = java.util.stream.IntStream.range(0, 300)
                .mapToObj(i -> new MemoryLink(Runnable::run))
                .toList();
        for (int i = 0; i < links.size(); i++) {
            session(i, links.get(i), Long.MAX_VALUE);
        }
        pass(29);
        int most = 0;
        for (int second = 0; second < 30; second++) {
            int before = links.stream().mapToInt(MemoryLink::pings).sum();
            pass(1);
            most = Math.max(most, links.stream().mapToInt(MemoryLink::pings).sum() - before);
        }
        assertThat(most).isBetween(1, 60);
    }

    @Test
    void tokenThatEndsIsAnnouncedOnceAndThenClosesTheLink() {
        Session session = session(1, link, 80_000);
        link.heard(Long.MAX_VALUE / 2);
        pass(19);
        assertThat(link.sent()).isEmpty();
        pass(2);
        assertThat(link.sent()).singleElement().asString().contains("token_expiring");
        session.renew(identity(85_000));
        pass(60);
        assertThat(link.closed()).isNull();
        assertThat(link.sent()).hasSize(2);
        pass(4);
        assertThat(link.closed()).isEqualTo(CloseCode.TOKEN_EXPIRED);
    }

    @Test
    void tokenOfMuchLaterIsSeenInTime() {
        session(1, link, 1_000_000);
        link.heard(Long.MAX_VALUE / 2);
        pass(939);
        assertThat(link.sent()).isEmpty();
        pass(2);
        assertThat(link.sent()).hasSize(1);
        pass(59);
        assertThat(link.closed()).isEqualTo(CloseCode.TOKEN_EXPIRED);
    }

    @Test
    void sessionThatEndedIsLeftAlone() {
        sessions.remove(session(1, link, 30_000));
        pass(200);
        assertThat(link.pings()).isZero();
        assertThat(link.closed()).isNull();
        assertThat(link.sent()).isEmpty();
    }

    @Test
    void periodThatCannotBeKeptStopsTheStart() {
        assertThatThrownBy(() -> new Heartbeat(loop, clock, Duration.ofMillis(999), metrics))
                .hasMessageContaining("dunlin.link.heartbeat");
    }

    private Session session(int number, MemoryLink of, long expiresAt) {
        Session session = new Session(
                new SessionKey(0, number),
                identity(expiresAt),
                Device.WEB,
                of,
                new Outbox(of, 1_000, new CountingMetrics()));
        sessions.add(session);
        loop.run();
        return session;
    }

    private static Identity identity(long expiresAt) {
        return new Identity(new UserId("bob"), new TokenGrants(false, List.of()), 0, expiresAt);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now.addAndGet(1_000);
            heartbeat.tick();
            loop.run();
        }
    }
}
