package dev.dunlin.presence.shard;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.kafka.SessionDigest;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.SessionList.Listed;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies records and timed work to a shard, in order, and collects what changes. What was applied
 * already, or is older than what is known of the same session on the same node, changes nothing.
 * For one thread; does no I/O.
 */
public final class ShardBatch {
    private final Rules rules;
    private final Instant now;
    private final Loaded loaded;
    private final Map<NodeId, NodePart> parts;
    private final Map<UserId, @Nullable UserEntry> users = new HashMap<>();
    private final Set<NodeId> differing = new HashSet<>();
    private final Set<NodeId> matching = new HashSet<>();
    private final ShardChange change = new ShardChange();

    /**
     * A batch that nothing was applied to.
     *
     * @param loaded at least what is stored of every user whom the batch concerns
     * @param parts of all nodes with sessions in this shard
     */
    public ShardBatch(Rules rules, Instant now, Loaded loaded, Map<NodeId, NodePart> parts) {
        this.rules = rules;
        this.now = now;
        this.loaded = loaded;
        this.parts = new HashMap<>(parts);
    }

    public void apply(SessionEvent event) {
        switch (event.type()) {
            case STARTED, ACTIVE -> open(event, false);
            case AWAY -> open(event, true);
            case ENDED -> {
                Optional<OpenSession> held = held(event.user(), event.session(), event.node());
                if (held.isEmpty()) {
                    see(event.user(), event.at()); // it was over before anybody knew of it
                } else if (held.get().at() <= event.at()) {
                    end(event.user(), held.get(), event.at());
                }
            }
        }
    }

    /** Compares what a node has with what is known of it. */
    public void compare(SessionDigest digest) {
        boolean same = part(digest.node()).matches(digest);
        (same ? matching : differing).add(digest.node());
        (same ? differing : matching).remove(digest.node());
    }

    /**
     * Replaces all that is known of a node.
     *
     * @param at when the node listed its sessions; what it said later stands
     * @param known the node's sessions as stored
     * @return how many sessions were not as the node says
     */
    public int replace(NodeId node, long at, Collection<Member> known, Collection<Listed> listed) {
        int corrected = 0;
        Set<Member> there = new HashSet<>();
        Set<Member> all = new HashSet<>(known);
        for (Listed one : listed) {
            Member member = new Member(one.user(), one.session());
            there.add(member);
            all.add(member);
            Optional<OpenSession> held = held(one.user(), one.session(), node);
            if (held.isEmpty() || held.get().at() < at) {
                put(one.user(), new OpenSession(one.session(), node, one.away(), at));
                corrected += held.isPresent() && held.get().away() == one.away() ? 0 : 1;
            }
        }
        for (Member member : known) {
            Optional<OpenSession> held = held(member.user(), member.session(), node);
            if (there.contains(member)) {
                continue;
            }
            if (held.isEmpty()) {
                change.member(node, member, false);
            } else if (held.get().at() < at) {
                end(member.user(), held.get(), at);
                corrected++;
            }
        }
        recount(node, all);
        differing.remove(node);
        matching.add(node);
        return corrected;
    }

    /** The sums may be wrong themselves: they are made from what there is now. */
    private void recount(NodeId node, Set<Member> candidates) {
        NodePart part = NodePart.NONE;
        for (Member member : candidates) {
            Optional<OpenSession> held = held(member.user(), member.session(), node);
            if (held.isPresent()) {
                part = part.plus(member.session(), held.get().away());
                change.member(node, member, true);
            }
        }
        keep(node, part);
    }

    /** Ends sessions of a node that died, all that are left of it if {@code all}. */
    public void bury(NodeId node, Instant since, Collection<Member> members, boolean all) {
        for (Member member : members) {
            Optional<OpenSession> held = held(member.user(), member.session(), node);
            if (held.isPresent()) {
                end(member.user(), held.get(), since.toEpochMilli());
            } else {
                change.member(node, member, false);
            }
        }
        if (all) {
            keep(node, NodePart.NONE);
        }
    }

    /** Makes users offline whose grace is over. */
    public void expire(List<UserId> due) {
        for (UserId user : due) {
            change.due(user, Optional.empty());
            UserEntry entry = entry(user);
            if (entry != null && entry.sessions().isEmpty()) {
                users.put(user, null);
                change.user(user, Optional.empty());
                change.publish(new UserPresence(user, Status.OFFLINE, lastSeen(user)));
            }
        }
    }

    /** Forgets erasures whose time is over, except of users who have not gone since. */
    public void forgetErasures(Collection<UserId> over) {
        for (UserId user : over) {
            if (entry(user) == null) {
                change.erased(user, Optional.empty());
            }
        }
    }

    /** What the batch changes. */
    public ShardChange change() {
        return change;
    }

    /** The parts of the nodes after the batch. */
    public Map<NodeId, NodePart> parts() {
        return parts;
    }

    /** The nodes whose last digest was not what is known of them. */
    public Set<NodeId> differing() {
        return differing;
    }

    /** The nodes of which the batch showed that what is known of them is right. */
    public Set<NodeId> matching() {
        return matching;
    }

    private @Nullable Long lastSeen(UserId user) {
        Long stored = loaded.seen().get(user);
        Long changed = change.seen().get(user);
        return changed == null ? stored : stored == null ? changed : Long.valueOf(Math.max(stored, changed));
    }

    private void open(SessionEvent event, boolean away) {
        Optional<OpenSession> held = held(event.user(), event.session(), event.node());
        if (held.isEmpty() || held.get().at() < event.at()) {
            put(event.user(), new OpenSession(event.session(), event.node(), away, event.at()));
        }
    }

    private void put(UserId user, OpenSession session) {
        NodeId node = session.node();
        Optional<OpenSession> held = held(user, session.session(), node);
        NodePart part = part(node);
        if (held.isPresent()) {
            part = part.minus(session.session(), held.get().away());
        } else {
            change.member(node, new Member(user, session.session()), true);
        }
        keep(node, part.plus(session.session(), session.away()));
        UserEntry before = entry(user);
        UserEntry entry = (before == null ? new UserEntry(Status.OFFLINE, List.of()) : before).with(session);
        if (before != null && before.sessions().isEmpty()) {
            change.due(user, Optional.empty());
        }
        show(user, entry);
    }

    private void end(UserId user, OpenSession session, long at) {
        NodeId node = session.node();
        change.member(node, new Member(user, session.session()), false);
        keep(node, part(node).minus(session.session(), session.away()));
        UserEntry before = entry(user);
        if (before == null) {
            return;
        }
        UserEntry entry = before.without(session.session(), node);
        if (entry.sessions().isEmpty()) {
            change.due(user, Optional.of(now.plus(rules.grace()).toEpochMilli()));
            see(user, at);
        }
        show(user, entry);
    }

    private void see(UserId user, long at) {
        if (loaded.erased().contains(user)) {
            change.erased(user, Optional.of(now.plus(rules.tombstone()).toEpochMilli()));
        } else {
            change.seen(user, at);
        }
    }

    private void show(UserId user, UserEntry entry) {
        Status status = entry.status().orElse(entry.shown());
        UserEntry shown = entry.showing(status);
        users.put(user, shown);
        change.user(user, Optional.of(shown));
        if (status != entry.shown()) {
            change.publish(new UserPresence(user, status, null));
        }
    }

    private void keep(NodeId node, NodePart part) {
        if (part.equals(NodePart.NONE)) {
            parts.remove(node);
            change.part(node, Optional.empty());
        } else {
            parts.put(node, part);
            change.part(node, Optional.of(part));
        }
    }

    private NodePart part(NodeId node) {
        return parts.getOrDefault(node, NodePart.NONE);
    }

    private Optional<OpenSession> held(UserId user, SessionId session, NodeId node) {
        UserEntry entry = entry(user);
        return entry == null ? Optional.empty() : entry.find(session, node);
    }

    private @Nullable UserEntry entry(UserId user) {
        return users.containsKey(user) ? users.get(user) : loaded.users().get(user);
    }
}
