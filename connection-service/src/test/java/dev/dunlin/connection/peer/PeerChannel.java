package dev.dunlin.connection.peer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.EventPage;
import dev.dunlin.protocol.http.PresenceMode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** One channel of the peer: its log in memory. */
final class PeerChannel {
    static final Epoch EPOCH = new Epoch("e1");

    private final ChannelName name;
    private final boolean open;
    private final boolean durable;
    private volatile boolean blocked;
    private final Set<UserId> members = ConcurrentHashMap.newKeySet();
    private final List<ServerFrame.LogEvent> log = new CopyOnWriteArrayList<>();

    PeerChannel(ChannelName name) {
        this.name = name;
        this.open = !name.namespace().equals("group") && !name.namespace().equals("dm");
        this.durable = !name.namespace().equals("signal");
    }

    Set<UserId> members() {
        return members;
    }

    /** From now on nobody writes to it. */
    void block() {
        blocked = true;
    }

    boolean readableBy(UserId user) {
        return open || members.contains(user);
    }

    long head() {
        return log.size();
    }

    synchronized ServerFrame.Message append(ClientMessageId id, UserId from, JsonNode data) {
        ServerFrame.Message message =
                new ServerFrame.Message(name, log.size() + 1L, id, from, 1L, data, null, null, null, null);
        log.add(message);
        return message;
    }

    /** Ends a membership, as the log says it. */
    synchronized ServerFrame.MemberLeft remove(UserId member) {
        ServerFrame.MemberLeft left =
                new ServerFrame.MemberLeft(name, log.size() + 1L, member, new UserId("owner"), 1L);
        log.add(left);
        members.remove(member);
        return left;
    }

    ChannelAccess access(UserId user) {
        return new ChannelAccess(
                name,
                durable,
                true,
                true,
                durable ? EPOCH : null,
                head(),
                0,
                65536,
                readableBy(user),
                !blocked,
                members.contains(user),
                name.namespace().equals("live"),
                1,
                mode(),
                name.namespace().equals("signal") ? true : null,
                null);
    }

    private PresenceMode mode() {
        return switch (name.namespace()) {
            case "room", "signal" -> PresenceMode.SUBSCRIBERS;
            case "live" -> PresenceMode.COUNT;
            case "quiet" -> PresenceMode.NONE;
            default -> PresenceMode.MEMBERS;
        };
    }

    EventPage events(long after, int limit) {
        List<ServerFrame.LogEvent> all = List.copyOf(log);
        int from = (int) Math.min(after, all.size());
        int to = Math.min(all.size(), from + limit);
        return new EventPage(
                EPOCH, all.size(), 1, all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
    }
}
