package dev.dunlin.presence.owner;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.StoredUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What outlives the store, in a log that is not compacted. */
final class MemoryStoredUsers implements StoredUsers {
    private final List<Kept> log = new ArrayList<>();
    private final List<Part> read = new ArrayList<>();

    @Override
    public void keep(int shard, Map<StoredUser.Key, StoredUser> changed) {
        changed.forEach((key, value) -> log.add(new Kept(key, value)));
    }

    @Override
    public void read(int shard, long reign) {
        int half = log.size() / 2;
        read.add(new Part(shard, reign, List.copyOf(log.subList(0, half)), false));
        read.add(new Part(shard, reign, List.copyOf(log.subList(half, log.size())), false));
        read.add(new Part(shard, reign, List.of(), true));
    }

    /** Whether it was kept when the user was last seen. */
    boolean everSeen(UserId user) {
        return log.stream().anyMatch(kept -> kept.key().equals(new StoredUser.Key(user, StoredUser.Field.LAST_SEEN)));
    }

    @Override
    public List<Part> take() {
        List<Part> taken = List.copyOf(read);
        read.clear();
        return taken;
    }
}
