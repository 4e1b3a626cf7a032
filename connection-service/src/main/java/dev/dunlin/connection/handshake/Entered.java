package dev.dunlin.connection.handshake;

import dev.dunlin.connection.dispatch.DispatchContext;
import dev.dunlin.connection.dispatch.FrameDispatcher;
import dev.dunlin.connection.link.LinkListener;
import dev.dunlin.connection.session.Session;

/**
 * A session with an open link. It lives as long as the link, and keeps nothing that only the
 * handshake needed. It is a subclass of its dispatcher, and not beside it, so that a link has one
 * object less. On the link's loop.
 *
 * <p>An idle WebSocket with one subscription takes some 1,500 B of live heap, with compact object
 * headers ({@code -XX:+UseCompactObjectHeaders}) and Linux's epoll:
 *
 * <ul>
 *   <li>Netty 816: the channel with its socket, id and futures 344; its pipeline with one handler
 *       264; the queue of writes 64; the configuration and the handles of reads 112; the map of its
 *       group and of the loop 32. Its two addresses, 160, are the JDK's
 *   <li>The transport's own part ({@code WebSocketLink}) 40
 *   <li>This object 40, {@code Session} 40, {@code Outbox} 40, {@code SessionSubscriptions} 32
 *   <li>The one subscription 64, and its places in the channel's lists 12
 *   <li>The identity with the user's id 96, which a remembered token shares
 *   <li>The user's notices 63, and the places of the session and its user in the node's maps 62
 * </ul>
 *
 * <p>{@code LinkMemoryIT} fails above 1,520 B. Not in it: a verified token, 80 B for each of the
 * last 20,000; the address of the client, 110 B for each other address; the kernel's socket.
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
