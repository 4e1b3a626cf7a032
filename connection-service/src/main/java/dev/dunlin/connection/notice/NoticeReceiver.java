package dev.dunlin.connection.notice;

import dev.dunlin.protocol.bus.UserNotice;

/** Receives the notices of one user, for one session. On the hub loop. */
@FunctionalInterface
public interface NoticeReceiver {
    void notice(UserNotice notice);

    /** Whether it subscribes to the channels that the user joins. */
    default boolean followsMemberships() {
        return true;
    }
}
