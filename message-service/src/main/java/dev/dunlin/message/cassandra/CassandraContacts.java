package dev.dunlin.message.cassandra;

import dev.dunlin.message.contact.Contacts;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blocks and contacts in Cassandra. */
final class CassandraContacts implements Contacts {
    private final ChannelTable channels;
    private final BlockTable blocks;
    private final AuthoredInTable authoredIn;

    CassandraContacts(Tables tables) {
        this.channels = tables.channels();
        this.blocks = tables.blocks();
        this.authoredIn = tables.authoredIn();
    }

    @Override
    public void block(UserId user, UserId blocked, long since) {
        if (blocking(blocked, List.of(user)).isEmpty()) {
            blocks.insert(user, blocked, since);
        }
    }

    @Override
    public void unblock(UserId user, UserId blocked) {
        blocks.remove(user, blocked);
    }

    @Override
    public List<Blocked> blocked(UserId user, @Nullable UserId after, int limit) {
        return blocks.page(user, after == null ? "" : after.value(), limit);
    }

    @Override
    public Set<Pair> blocking(Set<Pair> pairs) {
        Map<Pair, Pending<UserId>> reads = new HashMap<>();
        pairs.forEach(pair -> reads.put(pair, blocks.start(pair.user(), pair.other())));
        return found(reads);
    }

    @Override
    public Set<UserId> contacts(UserId user, Collection<UserId> candidates) {
        Map<ChannelName, UserId> direct = ChannelName.directs(user, candidates);
        Map<UserId, Pending<UserId>> reads = new HashMap<>();
        channels.find(direct.keySet()).forEach((name, channel) -> {
            UserId one = direct.get(name);
            if (one != null && channel.live()) {
                reads.put(one, authoredIn.start(channel, one));
            }
        });
        return found(reads);
    }

    private static <K> Set<K> found(Map<K, Pending<UserId>> reads) {
        return Set.copyOf(ChannelReads.finish(reads, Optional::of).keySet());
    }
}
