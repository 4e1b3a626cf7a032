package dev.dunlin.connection.publish;

import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.bus.BusMessage;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Passes the replies on the bus to the sessions that wait for them. Hub loop. */
public final class Replies implements Consumer<byte[]> {
    private static final Logger LOG = Logger.getLogger(Replies.class);

    private final SessionDirectory sessions;
    private final Unanswered unanswered;

    public Replies(SessionDirectory sessions, Unanswered unanswered) {
        this.sessions = sessions;
        this.unanswered = unanswered;
    }

    @Override
    public void accept(byte[] payload) {
        try {
            BusMessage reply = BusMessage.decode(payload);
            if (reply.session() != null) {
                unanswered.answered();
                sessions.find(reply.session())
                        .ifPresent(session ->
                                session.loop().execute(() -> session.outbox().offer(reply.frame())));
            }
        } catch (InvalidInput e) {
            LOG.warnf("Dropped a reply: %s", e.getMessage());
        }
    }
}
