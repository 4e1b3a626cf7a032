package dev.dunlin.connection.session;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.protocol.frame.ClientFrame;
import java.util.concurrent.CompletableFuture;

/**
 * Reports when a session starts, ends, becomes away and becomes active. On the session's loop,
 * unless stated otherwise.
 */
public final class SessionActivity implements SessionListener {
    private final SessionReports reports;
    private final HubLoop loop;

    public SessionActivity(SessionReports reports, HubLoop loop) {
        this.reports = reports;
        this.loop = loop;
    }

    @Override
    public void started(Session session) {
        report(SessionChange.started(session));
    }

    @Override
    public void ended(Session session) {
        report(SessionChange.ended(session));
    }

    /** Reports that the user of a session is away, or active again, unless it is known. */
    public void handle(Session session, ClientFrame.ActivityFrame frame) {
        boolean away =
                switch (frame) {
                    case ClientFrame.Away f -> true;
                    case ClientFrame.Active f -> false;
                };
        if (session.open() && session.away() != away) {
            session.away(away);
            report(SessionChange.turned(session));
        }
    }

    /** Completes when every change until now is stored. Any thread. */
    public CompletableFuture<Void> settled() {
        return reports.settled();
    }

    private void report(SessionChange change) {
        loop.execute(() -> reports.report(change));
    }
}
