package dev.dunlin.connection.channelpresence;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartUser;
import java.util.ArrayList;
import java.util.List;

/** One user in a channel, with sessions of this node. Hub loop only. */
final class LocalUser {
    final UserId id;
    /** The sessions that are there. */
    final List<Stay> present = new ArrayList<>(1);
    /** Those whose link was closed, in their grace. */
    final List<Stay> leaving = new ArrayList<>(0);
    /** When the user came (ms since 1970). It is kept as long as any session is there. */
    final long since;

    LocalUser(UserId id, long since) {
        this.id = id;
        this.since = since;
    }

    boolean isThere() {
        return !present.isEmpty() || !leaving.isEmpty();
    }

    /** What the node publishes of the user: the newest of what its sessions said. */
    PartUser part() {
        PartUser part = new PartUser(id, since, 0, null, 0, null);
        for (Stay stay : present) {
            part = part.with(said(stay));
        }
        for (Stay stay : leaving) {
            part = part.with(said(stay));
        }
        return part;
    }

    private PartUser said(Stay stay) {
        return new PartUser(id, since, stay.at, stay.data, stay.lastAt, stay.last);
    }
}
