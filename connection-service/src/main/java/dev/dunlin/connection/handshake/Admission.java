package dev.dunlin.connection.handshake;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.dispatch.DispatchContext;
import dev.dunlin.connection.link.Link;
import dev.dunlin.connection.link.Outbox;
import dev.dunlin.connection.notice.UserWatch;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionKey;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.MembershipList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A client that was admitted and whose link does not exist yet. It ends with {@link #enter} or with
 * {@link #abandon}.
 */
public final class Admission {
    private final Identity identity;
    private final Device device;
    private final MembershipList own;
    private final boolean auto;
    private final UserWatch watch;
    private final String address;
    private final Departure departure;
    private final DispatchContext dispatch;
    private final WelcomeFacts facts;

    Admission(
            Identity identity,
            Device device,
            MembershipList own,
            boolean auto,
            UserWatch watch,
            String address,
            Departure departure,
            DispatchContext dispatch,
            WelcomeFacts facts) {
        this.identity = identity;
        this.device = device;
        this.own = own;
        this.auto = auto;
        this.watch = watch;
        this.address = address;
        this.departure = departure;
        this.dispatch = dispatch;
        this.facts = facts;
    }

    /**
     * Opens the session: {@code welcome} goes first, and the user's channels are subscribed. On the
     * link's loop.
     */
    public Entered enter(Link link) {
        return enter(link, entered -> entered.welcome(own.channels()));
    }

    /**
     * Opens the session: {@code welcome} goes first, then what {@code begin} does. On the link's
     * loop.
     */
    public Entered enter(Link link, Consumer<Entered> begin) {
        Outbox outbox = new Outbox(link, facts.outboxBytes(), dispatch.metrics());
        Session session = new Session(SessionKey.next(dispatch.random()), identity, device, link, outbox);
        Entered entered = new Entered(session, dispatch, auto, address, departure);
        departure.sessions().add(session);
        session.send(new ServerFrame.Welcome(
                session.id(),
                identity.user(),
                facts.node(),
                (int) facts.heartbeat().toSeconds(),
                facts.limits(),
                auto ? own.channels() : null,
                own.more() ? true : null));
        begin.accept(entered);
        watch.bind(entered);
        return entered;
    }

    /** The user's channels, as {@code welcome} names them; empty if they were not requested. */
    public List<ServerFrame.Membership> memberships() {
        return own.channels();
    }

    /** Whether the user has more channels than {@link #memberships}. */
    public boolean more() {
        return own.more();
    }

    /** The link was not opened. Call it once. Any thread. */
    public void abandon() {
        watch.stop();
        departure.limits().leave(identity.user(), address);
    }
}
