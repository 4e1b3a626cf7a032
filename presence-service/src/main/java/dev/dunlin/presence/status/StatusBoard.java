package dev.dunlin.presence.status;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.List;

/** What is known of users. Called on virtual threads. */
public interface StatusBoard {
    /** One answer for each user, in their order; throws {@link dev.dunlin.presence.PresenceUnavailable} if that is not known now. */
    List<UserPresence> find(List<UserId> users);
}
