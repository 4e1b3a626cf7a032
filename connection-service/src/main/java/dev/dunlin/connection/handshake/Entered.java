package dev.dunlin.connection.handshake;

import dev.dunlin.connection.dispatch.DispatchContext;
import dev.dunlin.connection.dispatch.FrameDispatcher;
import dev.dunlin.connection.link.LinkListener;
import dev.dunlin.connection.session.Session;

/**
 * A session with an open link. It lives as long as the link, and keeps nothing that only the
 * handshake needed. It is a subclass of its dispatcher, and not beside it, so that a link has one
 * object less. On the link's loop.
 */
public final class Entered extends FrameDispatcher implements LinkListener {
    private final String address;
    private final Departure departure;

    Entered(Session session, DispatchContext context, boolean auto, String address, Departure departure) {
        super(session, context, auto);
        this.address = address;
        this.departure = departure;
    }

    @Override
    public void writable() {
        session().outbox().flush();
    }

    @Override
    public void left() {
        if (session().open()) {
            departure.ended(this, address);
            closed();
            departure.sessions().remove(session());
        }
    }
}
