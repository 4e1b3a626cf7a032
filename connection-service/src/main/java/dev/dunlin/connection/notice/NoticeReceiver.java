package dev.dunlin.connection.notice;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.UserNotice;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Receives the notices of one user from the bus, for one session: at first a {@link UserWatch},
 * then the session itself. On the hub loop.
 */
public interface NoticeReceiver extends Consumer<byte[]> {
    /** Any thread. */
    UserId user();

    void notice(UserNotice notice);

    /** Whether it subscribes to the channels that the user joins. */
    boolean followsMemberships();

    /** What the bus carried. Drops what is not a notice, with a warning. */
    @Override
    default void accept(byte[] payload) {
        try {
            notice(Json.read(payload, UserNotice.class));
        } catch (InvalidInput e) {
            Logger.getLogger(NoticeReceiver.class).warnf("Dropped a notice for %s: %s", user(), e.getMessage());
        }
    }
}
