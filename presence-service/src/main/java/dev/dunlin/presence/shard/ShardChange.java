package dev.dunlin.presence.shard;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a batch changes in the state of a shard, all of it or nothing. An empty {@code Optional}
 * means that the thing is removed. For one thread.
 */
public final class ShardChange {
    private final Map<UserId, Optional<UserEntry>> users = new HashMap<>();
    private final Map<UserId, Optional<Long>> due = new HashMap<>();
    private final Map<UserId, Optional<Long>> seen = new HashMap<>();
    private final Map<UserId, Optional<Long>> erased = new HashMap<>();
    private final Map<UserId, Optional<Chosen>> chosen = new HashMap<>();
    private final Map<UserId, Optional<Long>> until = new HashMap<>();
    private final Set<UserId> rechecks = new HashSet<>();
    private final Map<NodeId, Optional<NodePart>> parts = new HashMap<>();
    private final Map<NodeId, Map<Member, Boolean>> members = new HashMap<>();
    private final Map<UserId, UserPresence> published = new LinkedHashMap<>();

    void user(UserId user, Optional<UserEntry> entry) {
        users.put(user, entry);
    }

    /** When, in milliseconds since 1970, the grace of the user is over. */
    void due(UserId user, Optional<Long> at) {
        due.put(user, at);
    }

    /** When the user was last seen; a later time that is known stays. */
    void seen(UserId user, long at) {
        seen.merge(user, Optional.of(at), (a, b) -> Optional.of(Math.max(a.orElse(at), b.orElse(at))));
    }

    /** It is not known any more when the user was last seen. */
    void unseen(UserId user) {
        seen.put(user, Optional.empty());
    }

    /** Until when the erasure of the user is remembered. */
    void erased(UserId user, Optional<Long> until) {
        erased.put(user, until);
    }

    /** What the user chose, and when, in milliseconds since 1970, it ends. */
    void chosen(UserId user, Chosen by) {
        chosen.put(user, by.equals(Chosen.NOTHING) ? Optional.empty() : Optional.of(by));
        until.put(user, Optional.ofNullable(by.choice().until()));
    }

    /** The user changed who may see it. */
    void recheck(UserId user) {
        rechecks.add(user);
    }

    void part(NodeId node, Optional<NodePart> part) {
        parts.put(node, part);
    }

    void member(NodeId node, Member member, boolean there) {
        members.computeIfAbsent(node, any -> new HashMap<>()).put(member, there);
    }

    void publish(UserPresence presence) {
        published.remove(presence.user()); // the newest comes last
        published.put(presence.user(), presence);
    }

    public Map<UserId, Optional<UserEntry>> users() {
        return users;
    }

    public Map<UserId, Optional<Long>> due() {
        return due;
    }

    public Map<UserId, Optional<Long>> seen() {
        return seen;
    }

    public Map<UserId, Optional<Long>> erased() {
        return erased;
    }

    public Map<UserId, Optional<Chosen>> chosen() {
        return chosen;
    }

    public Map<UserId, Optional<Long>> until() {
        return until;
    }

    /** Who changed who may see its presence. */
    public Set<UserId> rechecks() {
        return rechecks;
    }

    public Map<NodeId, Optional<NodePart>> parts() {
        return parts;
    }

    /** Of each node: the sessions that came (true) and went (false). */
    public Map<NodeId, Map<Member, Boolean>> members() {
        return members;
    }

    /** What watchers are to hear: the newest presence of each user. */
    public Collection<UserPresence> published() {
        return published.values();
    }
}
