package dev.dunlin.connection.channelpresence;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartUser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One user in a channel, with sessions of this node. Hub loop only. */
final class LocalUser {
    final UserId id;
    /** When the user came (ms since 1970). It is kept as long as any session is there. */
    final long since;
    /** The first session that is there; nearly always the only one. */
    private @Nullable Stay only;
    /** The other sessions that are there; null if there are none. */
    private @Nullable List<Stay> others;
    /** Those whose link was closed, in their grace; null if there are none. */
    private @Nullable List<Stay> leaving;

    LocalUser(UserId id, long since) {
        this.id = id;
        this.since = since;
    }

    void add(Stay stay) {
        if (only == null) {
            only = stay;
        } else {
            others = with(others, stay);
        }
    }

    void remove(Stay stay) {
        if (only == stay) {
            only = others == null ? null : others.removeLast();
        } else if (others != null) {
            others.remove(stay);
        }
        others = orNull(others);
    }

    /** The link of a session that is there was closed. */
    void startGrace(Stay stay) {
        remove(stay);
        leaving = with(leaving, stay);
    }

    /** The grace of a session is over. Returns whether it was in one. */
    boolean endGrace(Stay stay) {
        boolean removed = leaving != null && leaving.remove(stay);
        leaving = orNull(leaving);
        return removed;
    }

    /** Ends all graces, unless a session is there. */
    void endGraces() {
        if (only == null) {
            leaving = null;
        }
    }

    boolean isThere() {
        return only != null || leaving != null;
    }

    private static List<Stay> with(@Nullable List<Stay> stays, Stay one) {
        List<Stay> all = stays == null ? new ArrayList<>(1) : stays;
        all.add(one);
        return all;
    }

    private static @Nullable List<Stay> orNull(@Nullable List<Stay> stays) {
        return stays == null || stays.isEmpty() ? null : stays;
    }

    /** What the node publishes of the user: the newest of what its sessions said. */
    PartUser part() {
        PartUser part = said(new PartUser(id, since, 0, null, 0, null), only);
        for (Stay stay : others == null ? List.<Stay>of() : others) {
            part = said(part, stay);
        }
        for (Stay stay : leaving == null ? List.<Stay>of() : leaving) {
            part = said(part, stay);
        }
        return part;
    }

    private PartUser said(PartUser before, @Nullable Stay stay) {
        Stay.Said said = stay == null ? null : stay.said();
        return said == null ? before : before.with(new PartUser(id, since, said.at, said.data, said.lastAt, said.last));
    }
}
