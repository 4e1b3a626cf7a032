package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one channel as the newest batch left it. What it does not hold is unknown, not
 * absent. One thread at a time.
 */
final class ActiveChannel {
    private static final int MOST_USERS = 2_000;
    private static final int MOST_MESSAGES = 64;
    /** Reading this many ids together costs the store as much as one look-up. */
    private static final int IDS_PER_LOOK_UP = 200;

    /** The id is in use; its message is not known. */
    private static final long SOME_SEQ = 0;

    private ChannelState state;
    /** Empty for users who are known to be no members. */
    private final Map<UserId, Optional<MemberState>> members = new Recent<>(MOST_USERS);

    private final Map<UserId, Optional<MarkState>> marks = new Recent<>(MOST_USERS);
    private final Map<Long, MessageState> messages = new Recent<>(MOST_MESSAGES);
    /** By the hash of an id, the newest message that has it. */
    private final Map<Long, Long> ids = new HashMap<>();

    private boolean hasAllIds;
    private int lookUps;

    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        private final int most;

        Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }

    /** {@code created} says that there was no message before the batch that left it so. */
    ActiveChannel(ChannelState state, boolean created) {
        this.state = state;
        this.hasAllIds = created;
    }

    ChannelState state() {
        return state;
    }

    /** How many things it holds, itself included. */
    int size() {
        return 1 + members.size() + marks.size() + messages.size() + ids.size();
    }

    void become(ChannelState now) {
        state = now;
    }

    void put(UserId user, Optional<MemberState> member) {
        members.put(user, member);
    }

    void putMark(UserId user, Optional<MarkState> mark) {
        marks.put(user, mark);
    }

    void put(long seq, MessageState message) {
        messages.put(seq, message.asLoaded());
    }

    void putId(Keys.OfClientId id, long seq) {
        ids.merge(hash(id), seq, Math::max);
    }

    boolean knowsMember(UserId user) {
        return members.containsKey(user);
    }

    boolean knowsMark(UserId user) {
        return marks.containsKey(user);
    }

    boolean knowsMessage(long seq) {
        return seq > state.head() || messages.containsKey(seq);
    }

    boolean knowsId(Keys.OfClientId id) {
        Long seq = ids.get(hash(id));
        return seq == null ? hasAllIds : hasId(seq, id);
    }

    Optional<MemberState> member(UserId user) {
        return members.getOrDefault(user, Optional.empty());
    }

    Optional<MarkState> mark(UserId user) {
        return marks.getOrDefault(user, Optional.empty());
    }

    Optional<MessageState> message(long seq) {
        return Optional.ofNullable(messages.get(seq));
    }

    /** The seq of the newest message with that id. */
    Optional<Long> seq(Keys.OfClientId id) {
        return Optional.ofNullable(ids.get(hash(id))).filter(seq -> hasId(seq, id));
    }

    private boolean hasId(long seq, Keys.OfClientId id) {
        MessageState message = messages.get(seq);
        return message != null
                && message.sender().equals(id.sender())
                && message.id().equals(id.id());
    }

    /**
     * Counts a look-up. Whether the look-ups of ids have now cost as much as reading all ids
     * together; {@code most} is the number of ids that are worth their memory.
     */
    boolean lookedUp(int most) {
        lookUps++;
        return !hasAllIds && state.head() <= most && state.head() <= (long) lookUps * IDS_PER_LOOK_UP;
    }

    /** From now on an id that is not held is free. */
    void learnIds(Iterable<Keys.OfClientId> all) {
        all.forEach(id -> putId(id, SOME_SEQ));
        hasAllIds = true;
    }

    /** Gives up more ids than {@code most}: from then on they are looked up. */
    void limitIds(int most) {
        if (ids.size() > most) {
            ids.clear();
            hasAllIds = false;
            lookUps = 0;
        }
    }

    /** Two ids with the same hash only cost a look-up. */
    private static long hash(Keys.OfClientId id) {
        return mix(mix(0, id.sender().value()), id.id().value());
    }

    private static long mix(long seed, String text) {
        long hash = seed ^ text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    static Keys.OfClientId idOf(ChannelName channel, MessageState message) {
        return new Keys.OfClientId(channel, message.sender(), message.id());
    }
}
