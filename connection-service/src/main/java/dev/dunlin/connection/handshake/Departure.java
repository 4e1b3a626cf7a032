package dev.dunlin.connection.handshake;

import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.notice.NoticeReceiver;
import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;

/**
 * What a link gives back when it closes. Made once at the start, so that a session keeps one
 * reference.
 */
record Departure(HandshakeLimits limits, BusSubscriptions busSubscriptions, HubLoop loop, SessionDirectory sessions) {
    /**
     * A link is closed: its place is free, and its user's notices end. Call it once. Any thread.
     */
    void ended(NoticeReceiver session, String address) {
        UserId user = session.user();
        loop.execute(() -> busSubscriptions.unsubscribe(BusChannel.ofUser(user), session));
        limits.leave(user, address);
    }
}
