package dev.dunlin.connection.channelpresence;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A store in memory, which answers after a moment and can lose everything. */
final class MemoryPartStore implements PartStore {
    private static final Duration ANSWER = Duration.ofMillis(3);

    private final HubLoop loop;
    private final Map<ChannelName, Map<NodeId, PartHead>> heads = new HashMap<>();
    private final Map<ChannelName, Map<NodeId, Map<UserId, PartUser>>> parts = new HashMap<>();
    private final Set<NodeId> leases = new HashSet<>();
    private boolean unreachable;
    private boolean losesAnswers;

    MemoryPartStore(HubLoop loop) {
        this.loop = loop;
    }

    void unreachable(boolean isUnreachable) {
        unreachable = isUnreachable;
    }

    /** Whether writes are carried out without an answer. */
    void losesAnswers(boolean isLosing) {
        losesAnswers = isLosing;
    }

    void loseAll() {
        heads.clear();
        parts.clear();
        leases.clear();
    }

    void lease(NodeId life, boolean held) {
        if (held) {
            leases.add(life);
        } else {
            leases.remove(life);
        }
    }

    /** The runs that have a part of a channel. */
    Set<NodeId> lives(ChannelName channel) {
        return Set.copyOf(heads.getOrDefault(channel, Map.of()).keySet());
    }

    /** What is stored of the users of all parts. */
    List<PartUser> all(ChannelName channel) {
        return parts.getOrDefault(channel, Map.of()).values().stream()
                .flatMap(part -> part.values().stream())
                .toList();
    }

    @Override
    public CompletionStage<Boolean> write(ChannelName channel, NodeId life, Change change) {
        CompletionStage<Boolean> written = answer(() -> apply(channel, life, change));
        return losesAnswers ? CompletableFuture.failedFuture(new IOException("no answer")) : written;
    }

    private boolean apply(ChannelName channel, NodeId life, Change change) {
        Map<NodeId, PartHead> known = heads.computeIfAbsent(channel, key -> new HashMap<>());
        Map<NodeId, Map<UserId, PartUser>> stored = parts.computeIfAbsent(channel, key -> new HashMap<>());
        if (change.head().users() == 0 && change.head().links() == 0) {
            known.remove(life);
            stored.remove(life);
            return true;
        }
        if (change.before() == null) {
            stored.remove(life);
        } else if (!change.before().equals(known.get(life))) {
            return false;
        }
        Map<UserId, PartUser> users = stored.computeIfAbsent(life, key -> new HashMap<>());
        change.users().forEach((id, user) -> user.ifPresentOrElse(one -> users.put(id, one), () -> users.remove(id)));
        known.put(life, change.head());
        return true;
    }

    @Override
    public CompletionStage<Optional<Long>> touch(ChannelName channel, NodeId life) {
        return answer(
                () -> Optional.ofNullable(heads.getOrDefault(channel, Map.of()).get(life))
                        .map(PartHead::n));
    }

    @Override
    public CompletionStage<Map<NodeId, PartHead>> heads(ChannelName channel) {
        return answer(() -> Map.copyOf(heads.getOrDefault(channel, Map.of())));
    }

    @Override
    public CompletionStage<Map<NodeId, List<PartUser>>> users(ChannelName channel, Collection<NodeId> lives) {
        return answer(() -> {
            Map<NodeId, List<PartUser>> found = new HashMap<>();
            lives.forEach(life -> found.put(
                    life,
                    List.copyOf(parts.getOrDefault(channel, Map.of())
                            .getOrDefault(life, Map.of())
                            .values())));
            return found;
        });
    }

    @Override
    public CompletionStage<Void> remove(ChannelName channel, NodeId life) {
        return answer(() -> {
                    heads.getOrDefault(channel, new HashMap<>()).remove(life);
                    parts.getOrDefault(channel, new HashMap<>()).remove(life);
                    return true;
                })
                .thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Collection<NodeId>> withoutLease(Collection<NodeId> lives) {
        return answer(
                () -> lives.stream().filter(life -> !leases.contains(life)).toList());
    }

    private <T> CompletionStage<T> answer(Supplier<T> result) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (unreachable) {
            loop.after(ANSWER, () -> answer.completeExceptionally(new IOException("unreachable")));
        } else {
            T now = result.get();
            loop.after(ANSWER, () -> answer.complete(now));
        }
        return answer;
    }
}
