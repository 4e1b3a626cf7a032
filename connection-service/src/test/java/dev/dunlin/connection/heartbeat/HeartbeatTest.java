package dev.dunlin.connection.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.fake.MemoryLink;
import dev.dunlin.connection.link.Outbox;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final AtomicLong now = new AtomicLong();
    private final MemoryLink link = new MemoryLink(Runnable::run);
    private final SessionDirectory sessions = new SessionDirectory(List.of());
    private final Heartbeat heartbeat =
            new Heartbeat(sessions, () -> Instant.ofEpochMilli(now.get()), Duration.ofSeconds(30));

    @Test
    void linkThatWasSilentForThreePeriodsIsClosed() {
        session(Long.MAX_VALUE);
        sweepAt(89_999);
        assertThat(link.closed()).isNull();
        sweepAt(90_000);
        assertThat(link.closed()).isEqualTo(CloseCode.HEARTBEAT_TIMEOUT);
    }

    @Test
    void eachLinkIsPingedOnceAPeriod() {
        session(Long.MAX_VALUE);
        for (int second = 1; second <= 60; second++) {
            sweepAt(second * 1_000L);
        }
        assertThat(link.pings()).isEqualTo(2);
    }

    @Test
    void tokenThatEndsIsAnnouncedOnceAndThenClosesTheLink() {
        Session session = session(80_000);
        sweepAt(19_999);
        assertThat(link.sent()).isEmpty();
        sweepAt(20_000);
        sweepAt(21_000);
        assertThat(link.sent()).singleElement().asString().contains("token_expiring");
        session.renew(identity(85_000));
        sweepAt(80_000);
        assertThat(link.closed()).isNull();
        assertThat(link.sent()).hasSize(2);
        sweepAt(85_000);
        assertThat(link.closed()).isEqualTo(CloseCode.TOKEN_EXPIRED);
    }

    private Session session(long expiresAt) {
        Session session = new Session(
                new SessionId("s1"), identity(expiresAt), link, new Outbox(link, 1_000, new CountingMetrics()));
        sessions.add(session);
        return session;
    }

    private static Identity identity(long expiresAt) {
        return new Identity(new UserId("bob"), new TokenGrants(false, List.of()), expiresAt);
    }

    private void sweepAt(long millis) {
        now.set(millis);
        heartbeat.sweep();
    }
}
