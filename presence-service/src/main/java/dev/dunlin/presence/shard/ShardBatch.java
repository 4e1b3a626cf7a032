package dev.dunlin.presence.shard;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.StatusChoice.Mode;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.kafka.SessionDigest;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.SessionList.Listed;
import dev.dunlin.protocol.kafka.StatusChosen;
import dev.dunlin.protocol.kafka.StoredUser;
import dev.dunlin.protocol.kafka.StoredUser.Field;
import dev.dunlin.protocol.kafka.VisibilityChosen;
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
    private final Map<UserId, Chosen> chosen = new HashMap<>();
    private final Set<NodeId> differing = new HashSet<>();
    private final Set<NodeId> matching = new HashSet<>();
    private final ShardChange change = new ShardChange();
    private final Set<StoredUser.Key> changed = new HashSet<>();

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
                    leave(event.user(), event.at()); // it was over before anybody knew of it
                } else if (held.get().at() <= event.at()) {
                    end(event.user(), held.get(), event.at());
                }
            }
        }
    }

    public void apply(StatusChosen event) {
        UserId user = event.user();
        if (loaded.erased().contains(user) && !event.choice().equals(StatusChoice.NONE)) {
            return;
        }
        UserEntry entry = entry(user);
        Chosen before = chosen(user);
        UserPresence shown = Shown.toOthers(user, entry, before, null, now);
        choose(user, Field.CHOICE, before.with(event.choice()));
        if (event.choice().status() == Mode.INVISIBLE && shown.status() != Status.OFFLINE) {
            see(user, event.at()); // from now on it looks offline
        }
        publishUnless(user, shown);
    }

    public void apply(VisibilityChosen event) {
        if (!loaded.erased().contains(event.user()) || event.visibleTo() == null) {
            choose(event.user(), Field.VISIBLE_TO, chosen(event.user()).with(event.visibleTo()));
            change.recheck(event.user());
        }
    }

    /** Takes what was kept of a user outside of this store; nothing if the user was erased. */
    public void restore(StoredUser.Key key, StoredUser kept) {
        UserId user = key.user();
        if (loaded.erased().contains(user)) {
            return;
        }
        switch (key.field()) {
            case LAST_SEEN -> {
                if (kept.lastSeen() == null) {
                    change.unseen(user);
                } else {
                    change.seen(user, kept.lastSeen());
                }
            }
            case CHOICE -> choose(user, chosen(user).with(kept.choice() == null ? StatusChoice.NONE : kept.choice()));
            case VISIBLE_TO -> choose(user, chosen(user).with(kept.visibleTo()));
        }
    }

    /** Ends choices whose time is over. */
    public void endChoices(Collection<UserId> due) {
        for (UserId user : due) {
            Chosen before = chosen(user);
            if (before.over(now)) {
                choose(user, Field.CHOICE, before.with(StatusChoice.NONE));
                publish(user);
            } else {
                change.chosen(user, before); // the time is another by now
            }
        }
    }

    /** What is to be kept outside of this store too. */
    public Map<StoredUser.Key, StoredUser> stored() {
        Map<StoredUser.Key, StoredUser> stored = new HashMap<>();
        for (StoredUser.Key key : changed) {
            if (loaded.erased().contains(key.user())) {
                for (Field field : Field.values()) {
                    stored.put(new StoredUser.Key(key.user(), field), StoredUser.NOTHING);
                }
            } else {
                stored.put(key, field(key));
            }
        }
        return stored;
    }

    private StoredUser field(StoredUser.Key key) {
        Chosen by = chosen(key.user());
        return switch (key.field()) {
            case LAST_SEEN -> new StoredUser(lastSeen(key.user()), null, null);
            case CHOICE -> new StoredUser(null, by.choice().equals(StatusChoice.NONE) ? null : by.choice(), null);
            case VISIBLE_TO -> new StoredUser(null, null, by.visibleTo());
        };
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
                put(one.user(), new OpenSession(one.session(), node, one.away(), at, one.device()));
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
            if (entry != null) {
                show(user, entry.sessions().isEmpty() ? null : entry.settled());
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

    /** Forgets when users were last seen. */
    public void forgetSeen(Collection<UserId> over) {
        for (UserId user : over) {
            change.unseen(user);
            changed.add(new StoredUser.Key(user, Field.LAST_SEEN));
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
        Optional<Long> changed = change.seen().get(user);
        if (changed == null) {
            return stored;
        }
        return changed.map(at -> stored == null ? at : Long.valueOf(Math.max(stored, at)))
                .orElse(null);
    }

    private void open(SessionEvent event, boolean away) {
        Optional<OpenSession> held = held(event.user(), event.session(), event.node());
        if (held.isEmpty() || held.get().at() < event.at()) {
            put(event.user(), new OpenSession(event.session(), event.node(), away, event.at(), event.device()));
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
        UserEntry after = UserEntry.with(before, session);
        if (before != null && (before.sessions().isEmpty() || before.lingers()) && !after.lingers()) {
            change.due(user, Optional.empty());
        }
        show(user, after);
    }

    private void end(UserId user, OpenSession session, long at) {
        NodeId node = session.node();
        change.member(node, new Member(user, session.session()), false);
        keep(node, part(node).minus(session.session(), session.away()));
        UserEntry before = entry(user);
        if (before == null) {
            return;
        }
        UserEntry after = before.without(session.session(), node);
        if (after.sessions().isEmpty() || after.lingers()) {
            change.due(user, Optional.of(now.plus(rules.grace(session.device())).toEpochMilli()));
        }
        if (after.sessions().isEmpty()) {
            leave(user, at);
        }
        show(user, after);
    }

    /** Nobody sees an invisible user leave. */
    private void leave(UserId user, long at) {
        if (chosen(user).choice().at(now.toEpochMilli()).status() != Mode.INVISIBLE) {
            see(user, at);
        }
    }

    private void see(UserId user, long at) {
        if (loaded.erased().contains(user)) {
            change.erased(user, Optional.of(now.plus(rules.tombstone()).toEpochMilli()));
        } else {
            change.seen(user, at);
            changed.add(new StoredUser.Key(user, Field.LAST_SEEN));
        }
    }

    private void show(UserId user, @Nullable UserEntry entry) {
        UserPresence before = shown(user);
        users.put(user, entry);
        change.user(user, Optional.ofNullable(entry));
        publishUnless(user, before);
    }

    /** How the user looks to others, without last seen. */
    private UserPresence shown(UserId user) {
        return Shown.toOthers(user, entry(user), chosen(user), null, now);
    }

    private void publishUnless(UserId user, UserPresence same) {
        if (!shown(user).equals(same)) {
            publish(user);
        }
    }

    private void publish(UserId user) {
        change.publish(Shown.toOthers(user, entry(user), chosen(user), lastSeen(user), now));
    }

    private void choose(UserId user, Field field, Chosen by) {
        changed.add(new StoredUser.Key(user, field));
        choose(user, by);
    }

    private void choose(UserId user, Chosen by) {
        chosen.put(user, by);
        change.chosen(user, by);
    }

    private Chosen chosen(UserId user) {
        Chosen changed = chosen.get(user);
        return changed == null ? loaded.chosen().getOrDefault(user, Chosen.NOTHING) : changed;
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
