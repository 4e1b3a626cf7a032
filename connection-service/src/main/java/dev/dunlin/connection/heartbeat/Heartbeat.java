package dev.dunlin.connection.heartbeat;

import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.protocol.CloseCode;
import java.time.Duration;
import java.time.InstantSource;

/**
 * One sweep over all links each second, no timer a link: pings each of them once a period, closes those that were silent for three, warns 60 s before a token ends and
 * closes when it has. On the hub loop.
 */
public final class Heartbeat {
    /** How often to call {@link #sweep}. */
    public static final Duration TICK = Duration.ofSeconds(1);

    private static final Duration WARN_BEFORE = Duration.ofSeconds(60);

    private final SessionDirectory sessions;
    private final InstantSource clock;
    private final int ticksAPing;
    private final Duration silence;
    private int tick;

    public Heartbeat(SessionDirectory sessions, InstantSource clock, Duration period) {
        this.sessions = sessions;
        this.clock = clock;
        this.ticksAPing = (int) Math.max(1, period.toSeconds());
        this.silence = period.multipliedBy(3);
    }

    /** One tick. Pings are spread over the period by the session's id. */
    public void sweep() {
        tick = (tick + 1) % ticksAPing;
        long now = clock.millis();
        for (Session session : sessions.all()) {
            long left = session.identity().expiresAt() - now;
            if (now - session.link().lastHeard() >= silence.toMillis()) {
                session.loop()
                        .execute(() ->
                                session.close(CloseCode.HEARTBEAT_TIMEOUT, "silent for " + silence.toSeconds() + " s"));
            } else if (left <= 0) {
                session.loop().execute(() -> session.close(CloseCode.TOKEN_EXPIRED, "the token expired"));
            } else {
                if (left <= WARN_BEFORE.toMillis()) {
                    session.loop().execute(session::warnOfExpiry);
                }
                if (Math.floorMod(session.id().hashCode(), ticksAPing) == tick) {
                    session.loop().execute(session.link()::ping);
                }
            }
        }
    }
}
